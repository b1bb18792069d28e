import { type ExtensionContext, workspace } from "vscode";
import type { GardenTarget } from "../protocol.ts";

/**
 * What a person wants to be connected to when this workspace is opened. It is kept by VS Code, beside the workspace and not
 * in it: nobody else's file can connect anybody.
 */
export class GardenMemory {
  readonly #state: ExtensionContext["workspaceState"];

  constructor({ workspaceState }: ExtensionContext) {
    this.#state = workspaceState;
  }

  get target(): GardenTarget | undefined {
    return this.#state.get<GardenTarget>("garden.target");
  }

  /** Whether it is this that is wanted. */
  holds(target: GardenTarget): boolean {
    const text = ({ kubeconfig, context, namespace, all }: Partial<GardenTarget>) =>
      JSON.stringify([kubeconfig, context, namespace, all]);
    return text(this.target ?? {}) === text(target);
  }

  async remember(target: GardenTarget | undefined): Promise<void> {
    await this.#state.update("garden.target", target);
  }

  /** Whether a person was asked already; asking counts. */
  async isFirstQuestion(): Promise<boolean> {
    if (this.#state.get<boolean>("garden.asked")) return false;
    await this.#state.update("garden.asked", true);
    return true;
  }
}

/** The kubeconfig of the settings; undefined for kubectl's own. */
export function kubeconfigSetting(): string | undefined {
  return workspace.getConfiguration("registryCache").get<string>("kubeconfig") || undefined;
}

/** The context that is offered first. */
export function contextSetting(): string | undefined {
  return workspace.getConfiguration("registryCache").get<string>("garden.context") || undefined;
}
