import { readJwtTimes } from "./jwt-times.ts";

/** What a credential is, as far as its form tells. It holds nothing of its value. */
export interface CredentialKind {
  /** Names the kind in a program's output; never changes once given. */
  readonly id: string;
  /** Names the kind in a sentence, such as `a personal access token of Docker Hub`. */
  readonly title: string;
  /** Present where the credential itself says when it ends: seconds since 1970. */
  readonly expiresAt?: number;
  /** Present where it never lives longer than some hours: says so in a sentence. */
  readonly shortLived?: string;
  /** What is known of its end where it does not say it itself. */
  readonly lifetime?: string;
}

interface Form {
  readonly user?: RegExp;
  readonly password?: RegExp;
  readonly kind: CredentialKind;
}

const byIssuer = "its end, if any, is known only to who issued it";
const guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

/** In this order: the first form that fits decides. */
const forms: readonly Form[] = [
  {
    user: /^AWS$/,
    kind: {
      id: "ecr-token",
      title: "a token of Amazon ECR",
      shortLived: "the password of the user AWS is an ECR token, which is valid for 12 hours",
    },
  },
  {
    user: /^oauth2accesstoken$/,
    kind: {
      id: "google-access-token",
      title: "an access token of Google",
      shortLived: "the password of the user oauth2accesstoken is an access token, which is valid for an hour",
    },
  },
  {
    user: /^00000000-0000-0000-0000-000000000000$/,
    kind: {
      id: "azure-access-token",
      title: "an access token of Azure",
      shortLived: "the password of this user is an access token of Azure, which is valid for a few hours",
    },
  },
  {
    password: /^ghs_\w{36,}$/,
    kind: {
      id: "github-installation-token",
      title: "an installation token of GitHub",
      shortLived: "the password is an installation token of GitHub, which is valid for an hour",
    },
  },
  {
    user: /^_json_key(_base64)?$/,
    kind: {
      id: "google-service-account-key",
      title: "a service account key of Google",
      lifetime: "valid until the key is deleted",
    },
  },
  {
    password: /^ghp_/,
    kind: { id: "github-token-classic", title: "a classic personal access token of GitHub", lifetime: byIssuer },
  },
  {
    password: /^github_pat_/,
    kind: {
      id: "github-token-fine-grained",
      title: "a fine-grained personal access token of GitHub, which ghcr.io does not take",
      lifetime: byIssuer,
    },
  },
  { password: /^gho_/, kind: { id: "github-oauth-token", title: "an OAuth token of GitHub", lifetime: byIssuer } },
  {
    password: /^dckr_pat_/,
    kind: { id: "docker-hub-token", title: "a personal access token of Docker Hub", lifetime: byIssuer },
  },
  {
    password: /^dckr_oat_/,
    kind: {
      id: "docker-hub-organization-token",
      title: "an organization access token of Docker Hub",
      lifetime: byIssuer,
    },
  },
  {
    password: /^glpat-/,
    kind: { id: "gitlab-token", title: "a personal, group or project access token of GitLab", lifetime: byIssuer },
  },
  { password: /^gldt-/, kind: { id: "gitlab-deploy-token", title: "a deploy token of GitLab", lifetime: byIssuer } },
  { user: /^robot\$/, kind: { id: "harbor-robot", title: "a robot account of Harbor", lifetime: byIssuer } },
  {
    user: /^[a-z0-9_-]+\+[\w-]+$/,
    kind: { id: "quay-robot", title: "a robot account, as Quay and Harbor name them", lifetime: byIssuer },
  },
  {
    user: new RegExp(`^${guid}$`),
    kind: { id: "azure-service-principal", title: "a service principal of Azure", lifetime: byIssuer },
  },
];

/** Tells what kind of credential a username and password are. */
export function credentialKind(username: string, password: string): CredentialKind {
  const [user, secret] = [username.trim(), password.trim()];
  const form = forms.find((it) => (it.user ?? /^/).test(user) && (it.password ?? /^/).test(secret));
  const times = readJwtTimes(secret);
  if (form === undefined && times !== undefined) {
    return { id: "json-web-token", title: "a JSON web token", expiresAt: times.expiresAt };
  }
  const { kind } = form ?? { kind: { id: "password", title: "a username and password", lifetime: byIssuer } };
  return times === undefined ? kind : { ...kind, expiresAt: times.expiresAt };
}
