import type { ProjectPlace } from "@registry-cache/operations";
import type { CancellationToken, ResponseError } from "vscode-jsonrpc";
import { cancelled, orCancelled } from "../method.ts";
import type { Session } from "../session.ts";
import type { Desktop } from "./desktop.ts";
import { asking } from "./garden-operations.ts";
import type { GardenTarget } from "./garden-state.ts";
import { refuseUntrusted } from "./trust.ts";

/** The projects of a garden to choose from. Asking for them may mean to log in. */
export async function offerProjects(
  session: Session,
  { env, version }: Desktop,
  { target, token }: { readonly target: GardenTarget; readonly token: CancellationToken },
): Promise<readonly ProjectPlace[] | ResponseError> {
  const refused = refuseUntrusted(session, "no garden is asked");
  if (refused !== undefined) return refused;
  return asking(async (operations) => {
    const { context, kubeconfig } = target;
    const { client } = operations.openSession({
      flags: { context, ...(kubeconfig && { kubeconfig }) },
      all: false,
      projects: [],
      env,
      requestTimeout: 120_000,
      userAgent: `registry-cache-editor/${version}`,
      onWarning: () => undefined,
      // Nobody would see it where standard error is a log.
      onPluginMessage: () => undefined,
    });
    const listing = operations.listProjects(client).finally(() => client.close());
    // Whoever cancels does not hear of a failure any more.
    await orCancelled(
      listing.then(
        () => undefined,
        () => undefined,
      ),
      token,
    );
    return token.isCancellationRequested ? cancelled() : listing;
  });
}
