import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes Shoots of 120 lines to `directory`, a hundred to a folder. Every fiftieth has a field that does not exist. */
export function makeShoots(directory: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const folder = join(directory, `project-${Math.floor(index / 100)}`);
    if (index % 100 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `shoot-${index}.yaml`), shootText(index));
  }
}

/** A Shoot of 120 lines with a cache that has credentials. */
export function shootText(index: number): string {
  const wrong = index % 50 === 7 ? "        remoteUrl: https://registry-1.docker.io\n" : "";
  return `${head(index)}${wrong}${resources}${provider}${Array.from({ length: 3 }, (_, pool) => worker(pool)).join("")}${tail}`;
}

function head(index: number): string {
  return `# Shoot ${index} of the benchmark
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: shoot-${index}
  namespace: garden-project-${Math.floor(index / 100)}
  labels:
    team: green
  annotations:
    shoot.gardener.cloud/cleanup-infrastructure-resources-grace-period-seconds: "300"
spec:
  purpose: production
  cloudProfile:
    kind: CloudProfile
    name: aws
  credentialsBindingName: my-credentials
  region: eu-west-1
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        volume:
          size: 20Gi
      - upstream: docker.io
        secretReferenceName: docker-secret
        garbageCollection:
          ttl: 336h
`;
}

const resources = `  resources:
  - name: docker-secret
    resourceRef:
      apiVersion: v1
      kind: Secret
      name: ro-docker-secret-v1
`;

const provider = `  provider:
    type: aws
    infrastructureConfig:
      apiVersion: aws.provider.extensions.gardener.cloud/v1alpha1
      kind: InfrastructureConfig
      networks:
        vpc:
          cidr: 10.250.0.0/16
        zones:
        - name: eu-west-1a
          workers: 10.250.0.0/19
    workers:
`;

function worker(pool: number): string {
  return `    - name: pool-${pool}
      machine:
        type: m5.large
        image:
          name: gardenlinux
          version: 1592.10.0
      cri:
        name: containerd
      minimum: 1
      maximum: 3
      maxSurge: 1
      maxUnavailable: 0
      volume:
        type: gp3
        size: 50Gi
      zones:
      - eu-west-1a
`;
}

const tail = `  kubernetes:
    version: 1.33.4
    kubelet:
      maxPods: 110
  hibernation:
    enabled: false
    schedules:
    - start: 00 20 * * 1,2,3,4,5
      location: Europe/Berlin
  networking:
    type: calico
    pods: 100.128.0.0/11
    services: 100.72.0.0/13
    nodes: 10.250.0.0/16
  maintenance:
    autoUpdate:
      kubernetesVersion: true
      machineImageVersion: true
    timeWindow:
      begin: 220000+0100
      end: 230000+0100
`;
