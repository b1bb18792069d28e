import { flag, group, list, text } from "./field.ts";
import type { Schema } from "./schema.ts";

function selection(what: string, one: string): Schema {
  return group(
    `Which ${what} the provider serves.`,
    {
      include: list(`The ${what} that are served; when empty, all are.`, text(`${one} that is served.`)),
      exclude: list(`The ${what} that are left out.`, text(`${one} that is left out.`)),
    },
    { deprecated: "set it in the configuration of the extension shoot-dns-service" },
  );
}

/** spec.dns */
export const dns: Schema = group(
  "The cluster's own domain, and who serves it.",
  {
    domain: text("The domain below which the cluster's names lie. Without it Gardener chooses one.", {
      immutable: "once-set",
    }),
    providers: list(
      "DNS providers with credentials of your own.",
      group("A DNS provider.", {
        domains: selection("domains", "A domain"),
        primary: flag("Whether this provider serves the cluster's own domain.", {
          deprecated: "it will be dropped; the first provider that is not unmanaged counts",
        }),
        secretName: text("The Secret with the provider's credentials.", {
          deprecated: "use credentialsRef",
          replacement: { field: "credentialsRef", as: "name", beside: { apiVersion: "v1", kind: "Secret" } },
          until: "1.35",
          reference: "Secret",
        }),
        type: text("The provider's type, such as aws-route53. With unmanaged Gardener creates no names.", {
          examples: ["unmanaged"],
        }),
        zones: selection("hosted zones", "A zone"),
        credentialsRef: group(
          "The object with the provider's credentials.",
          {
            kind: text("The kind of the object with the credentials.", { enum: ["Secret", "WorkloadIdentity"] }),
            name: text("The name of the object with the credentials.", { reference: "Secret or WorkloadIdentity" }),
            apiVersion: text(
              "The version of the object with the credentials: v1, or security.gardener.cloud/v1alpha1.",
            ),
          },
          { required: ["kind", "name"] },
        ),
      }),
      { deprecated: "name providers in the configuration of the extension shoot-dns-service" },
    ),
  },
  { immutable: "kept" },
);
