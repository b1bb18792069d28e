import type { ResponseError } from "vscode-jsonrpc";
import type { Soon } from "../file-source.ts";
import { isAnything, isString, optional, shape } from "../guards.ts";
import { type Method, method, type OwnMethods } from "../method.ts";
import type { GardenRequests } from "../protocol/garden.ts";
import type { GardenRotationRequests } from "../protocol/garden-rotations.ts";
import type { Session } from "../session.ts";
import type { Desktop } from "./desktop.ts";
import { createGardenLink, type GardenLink } from "./garden-link.ts";
import { asking, failed } from "./garden-operations.ts";
import { offerProjects } from "./garden-projects.ts";
import { gardenRotationMethods } from "./garden-rotation.ts";
import { pullSchema } from "./garden-schema.ts";
import { isTarget } from "./garden-state.ts";

/** The requests about a garden. */
export function gardenMethods(desktop: Desktop): OwnMethods<GardenRequests & GardenRotationRequests> {
  const links = new WeakMap<Session, GardenLink>();
  const linkOf = (session: Session): GardenLink => {
    const link = links.get(session) ?? createGardenLink(session, desktop);
    links.set(session, link);
    return link;
  };
  const about = <A>(answer: (link: GardenLink) => Soon<A>): Method<unknown, Soon<A | ResponseError>> =>
    method(isAnything, (session): Soon<A> => answer(linkOf(session)));
  const order = (act: (link: GardenLink) => void): Method<unknown, Soon<null | ResponseError>> =>
    about((link) => {
      act(link);
      return null;
    });
  return {
    ...gardenRotationMethods(desktop, (session) => linkOf(session).connection),
    "registryCache/garden/contexts": method(shape({ kubeconfig: optional(isString) }), (_, { kubeconfig }) =>
      asking((operations) => operations.describeContexts(kubeconfig ?? undefined, desktop.env)),
    ),
    "registryCache/garden/projects": method(isTarget, (session, target, token) =>
      offerProjects(session, desktop, { target, token }),
    ),
    "registryCache/garden/connect": method(isTarget, (session, target, token) =>
      linkOf(session).connect(target, token),
    ),
    "registryCache/garden/disconnect": order((link) => link.disconnect()),
    "registryCache/garden/refresh": order((link) => link.refresh()),
    "registryCache/garden/state": about((link) => link.state),
    "registryCache/garden/shoots": about((link) => link.shoots()),
    "registryCache/garden/pullSchema": method(isAnything, (session, _, token) =>
      pullSchema(session, linkOf(session), { desktop, token }),
    ),
    "registryCache/garden/shoot": method(shape({ namespace: isString, name: isString }), (session, shoot) => {
      const { connection } = linkOf(session);
      if (connection === undefined) return failed("no garden is connected");
      return asking((operations) => operations.readShootText(connection.client, shoot));
    }),
  };
}
