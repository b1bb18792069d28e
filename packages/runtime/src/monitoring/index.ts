import type { KubernetesObject } from "../kubernetes-object.ts";
import { renderDashboard } from "./dashboard.ts";
import { renderPrometheusRule } from "./rules.ts";
import { renderScrapeConfig } from "./scrape-config.ts";

/** What the extension puts into a Shoot's namespace of the seed, unless the Shoot's purpose is testing. */
export function renderMonitoring(seedNamespace: string): readonly KubernetesObject[] {
  return [renderDashboard(seedNamespace), renderPrometheusRule(seedNamespace), renderScrapeConfig(seedNamespace)];
}
