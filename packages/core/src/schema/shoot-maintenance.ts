import { duration, flag, group, list, text } from "./field.ts";
import type { Schema } from "./schema.ts";

function rotation(what: string): Schema {
  return group(`Rotation of ${what}.`, {
    rotationPeriod: duration(`How often ${what} is rotated; 0s turns it off.`, { default: "168h" }),
  });
}

/** spec.maintenance */
export const maintenance: Schema = group("When and how Gardener may change the cluster by itself.", {
  autoUpdate: group(
    "Which versions Gardener raises by itself.",
    {
      kubernetesVersion: flag("Raises the patch version of Kubernetes in the maintenance window.", { default: true }),
      machineImageVersion: flag("Raises the version of the machine image in the maintenance window.", {
        default: true,
      }),
    },
    { required: ["kubernetesVersion"] },
  ),
  timeWindow: group(
    "The hours of each day in which Gardener may disturb the cluster.",
    {
      begin: text("When the window opens: hour, minute, second and zone, such as 220000+0100.", {
        format: "time-of-day",
      }),
      end: text("When the window closes, written as `begin`. It may lie on the next day.", { format: "time-of-day" }),
    },
    { required: ["begin", "end"], computed: "a window of one hour at a random time" },
  ),
  confineSpecUpdateRollout: flag("Changes of the spec wait for the maintenance window."),
  autoRotation: group("What Gardener rotates by itself.", {
    credentials: group("Credentials that Gardener rotates in the maintenance window.", {
      observability: rotation("the password of the monitoring"),
      sshKeypair: rotation("the SSH key of the nodes"),
      etcdEncryptionKey: rotation("the key that encrypts etcd"),
    }),
  }),
});

/** spec.hibernation */
export const hibernation: Schema = group("Whether and when the cluster sleeps: no nodes, no control plane.", {
  enabled: flag("Puts the cluster to sleep, or wakes it. Schedules change this field."),
  schedules: list(
    "When the cluster falls asleep and wakes by itself.",
    group("A schedule with a start, an end or both.", {
      start: text("When the cluster falls asleep, as a cron expression."),
      end: text("When the cluster wakes, as a cron expression."),
      location: text("The time zone of the schedule, such as Europe/Berlin. Without it the schedule is in UTC."),
    }),
  ),
});

/** spec.monitoring */
export const monitoring: Schema = group("Monitoring of the cluster.", {
  alerting: group("Who hears of alerts.", {
    emailReceivers: list("Addresses that alerts are mailed to.", text("An e-mail address.")),
  }),
});
