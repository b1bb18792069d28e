import type { ProjectPlace } from "@registry-cache/operations";
import type { CancellationToken, ResponseError } from "vscode-jsonrpc";
import { cancelled } from "../method.ts";
import type { Session } from "../session.ts";
import type { Desktop } from "./desktop.ts";
import { tellLogin } from "./garden-login.ts";
import { asking, openTarget } from "./garden-operations.ts";
import type { GardenTarget } from "./garden-state.ts";
import { refuseUntrusted } from "./trust.ts";

/** The projects of a garden to choose from. Asking for them may mean to log in. */
export async function offerProjects(
  session: Session,
  desktop: Desktop,
  { target, token }: { readonly target: GardenTarget; readonly token: CancellationToken },
): Promise<readonly ProjectPlace[] | ResponseError> {
  const refused = refuseUntrusted(session, "no garden is asked");
  if (refused !== undefined) return refused;
  return asking(async (operations) => {
    const { kubeconfig, context } = target;
    const onPluginMessage = tellLogin(session, target);
    const client = openTarget(operations, desktop, { kubeconfig, context }, { onPluginMessage });
    const stop = operations.createStop();
    const listening = token.onCancellationRequested(stop.end);
    try {
      return await operations.listProjects(client, { signal: stop.signal });
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      throw error;
    } finally {
      listening.dispose();
      client.close();
    }
  });
}
