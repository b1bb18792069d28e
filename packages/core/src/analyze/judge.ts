import type { Finding } from "../workspace/finding.ts";
import { createGarden, type Garden, type GardenPart, type GrowingGarden } from "../workspace/garden.ts";
import type { Facts, KnownSecret, Purpose, Reference } from "../workspace/workspace.ts";
import { inOrder } from "./in-order.ts";
import type { FileReport } from "./inspect.ts";
import { judgeSecret, type SecretContext } from "./judge-secret.ts";
import { judgeShoot } from "./judge-shoot.ts";

/** Judges files against each other. Each is judged when it is asked for, and again only when something that it refers to has changed. */
export interface Judge {
  readonly garden: GrowingGarden;
  readonly files: ReadonlyMap<string, KnownFile>;
  readonly facts: Facts;
  /** Whether any file holds a Shoot. */
  readonly anyShoot: boolean;
  /** Puts a file's report in place of the one before; undefined takes the file away. */
  replace(uri: string, report: FileReport | undefined): void;
  setFacts(facts: Facts): void;
  /** What the Shoots of a file are to be judged anew for. */
  forget(uris: Iterable<string>): void;
  /** All findings of a file in their order, also those that its comments ignore. */
  findingsOf(uri: string): readonly Finding[];
  /** The references of a file that their webhook gets to look at. */
  openOf(uri: string): ReadonlySet<Reference>;
  /** What Secrets are judged against, as a garden tells it. */
  secretContext(garden: Garden): SecretContext;
}

/** A file with its place among all. */
export interface KnownFile {
  readonly report: FileReport;
  readonly order: number;
}

interface JudgedShoots {
  readonly findings: readonly Finding[];
  readonly open: ReadonlySet<Reference>;
}

interface State {
  readonly garden: GrowingGarden;
  readonly files: Map<string, KnownFile>;
  readonly judged: Map<string, JudgedShoots>;
  /** The first open references that are known, for each list that a garden gives them from. */
  readonly firstOpen: Map<string, Reference | undefined>;
  facts: Facts;
  shootCount: number;
  nextOrder: number;
}

/** Starts without any file. */
export function createJudge(facts: Facts): Judge {
  const state: State = {
    garden: createGarden(),
    files: new Map(),
    judged: new Map(),
    firstOpen: new Map(),
    facts,
    shootCount: 0,
    nextOrder: 0,
  };
  state.garden.setCluster(facts.cluster);
  return {
    garden: state.garden,
    files: state.files,
    get facts() {
      return state.facts;
    },
    get anyShoot() {
      return state.shootCount > 0;
    },
    replace: (uri, report) => replace(state, uri, report),
    setFacts(next) {
      state.facts = next;
      state.garden.setCluster(next.cluster);
      state.judged.clear();
      state.firstOpen.clear();
    },
    forget(uris) {
      for (const uri of uris) state.judged.delete(uri);
      state.firstOpen.clear();
    },
    findingsOf: (uri) => findingsOf(state, uri),
    openOf: (uri) => judgedShoots(state, uri).open,
    secretContext: (garden) => secretContext(state, garden),
  };
}

function replace(state: State, uri: string, report: FileReport | undefined): void {
  const { garden, files, judged, firstOpen } = state;
  const before = files.get(uri);
  const order = before?.order ?? state.nextOrder++;
  garden.replace(order, partOf(before?.report), partOf(report));
  state.shootCount += (report?.shoots.length ?? 0) - (before?.report.shoots.length ?? 0);
  if (report === undefined) files.delete(uri);
  else files.set(uri, { report, order });
  judged.delete(uri);
  firstOpen.clear();
}

const noPart: GardenPart = { secrets: [], references: [], mentions: [], affixes: [] };

function partOf(report: FileReport | undefined): GardenPart {
  if (report === undefined) return noPart;
  return {
    secrets: report.secrets,
    references: report.shoots.flatMap((it) => it.references),
    mentions: report.outlines.flatMap((it) => it.mentions),
    affixes: report.affixes,
  };
}

function findingsOf(state: State, uri: string): readonly Finding[] {
  const report = state.files.get(uri)?.report;
  if (report === undefined) return [];
  const context = secretContext(state, state.garden);
  const onSecrets = report.secrets.flatMap((it) => judgeSecret(it, context));
  return inOrder([...report.findings, ...judgedShoots(state, uri).findings, ...onSecrets]);
}

function secretContext(state: State, garden: Garden): SecretContext {
  return {
    garden,
    facts: state.facts,
    anyShoot: state.shootCount > 0,
    firstOpen: (secret, purpose) => firstOpenOf(state, secret, purpose),
  };
}

function judgedShoots({ files, garden, judged }: State, uri: string): JudgedShoots {
  const known = judged.get(uri);
  if (known !== undefined) return known;
  const { shoots = [], policies = {} } = files.get(uri)?.report ?? {};
  const each = shoots.map((it) => judgeShoot(it, { garden, policies }));
  const now = { findings: each.flatMap((it) => it.findings), open: new Set(each.flatMap((it) => it.open)) };
  judged.set(uri, now);
  return now;
}

/**
 * Where no reference is open, all of them have to be looked at. So each list of them is gone through once, however many
 * Secrets it serves: that of a namespace, and that of the Shoots which leave theirs out.
 */
function firstOpenOf(state: State, { name, namespace }: KnownSecret, purpose: Purpose): Reference | undefined {
  const { usesOf, usesExactly } = state.garden;
  if (namespace === undefined) {
    return firstOf(state, ["all", purpose, name], () => usesOf({ name, namespace }, purpose));
  }
  const own = firstOf(state, ["in", purpose, name, namespace], () => usesExactly({ name, namespace }, purpose));
  const others = firstOf(state, ["without", purpose, name], () => usesExactly({ name, namespace: undefined }, purpose));
  if (own === undefined || others === undefined) return own ?? others;
  const order = (it: Reference): number => state.files.get(it.uri)?.order ?? 0;
  const before = order(own) - order(others) || own.span.start - others.span.start;
  return before <= 0 ? own : others;
}

function firstOf(state: State, key: readonly string[], uses: () => Iterable<Reference>): Reference | undefined {
  const list = JSON.stringify(key);
  if (state.firstOpen.has(list)) return state.firstOpen.get(list);
  let found: Reference | undefined;
  for (const reference of uses()) {
    if (!judgedShoots(state, reference.uri).open.has(reference)) continue;
    found = reference;
    break;
  }
  state.firstOpen.set(list, found);
  return found;
}
