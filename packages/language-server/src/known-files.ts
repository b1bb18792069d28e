import {
  applySettings,
  createCompact,
  type FileReport,
  type Finding,
  type Inspection,
  inspect,
  inspectAgain,
  inspectSettings,
  mayConcernUs,
  openWorkspace,
  type Policies,
  type PreparedSchema,
  type PreviousOf,
  type Replacement,
  readManifests,
  readSettings,
  type ShootOutline,
  type Workspace,
} from "@registry-cache/core";
import type { Position } from "vscode-languageserver-protocol";
import { notePlaces, type Places, placeOf } from "./positions.ts";
import { isSettingsFile, type SettingsIndex } from "./settings-index.ts";
import { type PositionEncoding, positionAt, type TextBuffer } from "./text-buffer.ts";

/** A document that the editor has open. What it says counts before what is on disk. */
export interface OpenDocument {
  /** The one spelling that we know it by, and the client's own. */
  readonly uri: string;
  readonly clientUri: string;
  version: number;
  buffer: TextBuffer;
  /** What was read of it; undefined until its settings are known. */
  inspection: Inspection | undefined;
  /** What was replaced since then, where that is known. */
  replaced: Replacement | undefined;
  /** What the client made of it since, which is not judged yet: `LateWork` does that within the same turn. */
  ahead: AheadOfJudging | undefined;
}

/** The text of a document beyond what was judged. */
export interface AheadOfJudging {
  readonly version: number;
  readonly buffer: TextBuffer;
  readonly replaced: Replacement | undefined;
}

/** What a connected garden says of manifests themselves. */
export interface GardenContext {
  /** Puts a Shoot that names no namespace into the one that is current. */
  readonly adapt: (report: FileReport) => FileReport;
  /** Finds what an update of a Shoot would change. */
  readonly previousOf: PreviousOf;
  /** Whether it would find anything. */
  readonly updates: (shoot: Pick<ShootOutline, "name" | "namespace">) => boolean;
}

/** All files that the server knows, open or on disk, judged together. */
export interface KnownFiles {
  readonly open: ReadonlyMap<string, OpenDocument>;
  readonly workspace: Workspace;
  /** Begins to keep a document; it is judged when it is inspected. */
  add(document: OpenDocument): void;
  /** Reads an open document as it is now. Gives the files whose findings may have changed, itself first. */
  inspect(document: OpenDocument): readonly string[];
  /** Takes the text of a file that is not open, or undefined when it is gone. */
  read(uri: string, text: string | undefined): readonly string[];
  /** Takes what a garden says of manifests from now on. Files that were read before are as they were until they are read again. */
  setContext(context: GardenContext | undefined): void;
  /** Holds Shoots to this schema from now on, or to ours. Files that were read before are as they were until they are read again. */
  setShootSchema(schema: PreparedSchema | undefined): void;
  /** Judges a text as the content of a file. */
  inspectText(uri: string, text: string): FileReport;
  /** The document is closed; the file on disk counts again. */
  remove(uri: string): readonly string[];
  /** The findings of a file as its settings have them. */
  findingsOf(uri: string): readonly Finding[];
  /** The place of an offset that some finding or name of a file lies at; undefined for any other of a file that is not open. */
  positionOf(uri: string, offset: number): Position | undefined;
}

/** Makes an empty set of files. */
export function createKnownFiles(settings: SettingsIndex, encoding: PositionEncoding): KnownFiles {
  const open = new Map<string, OpenDocument>();
  const places = new Map<string, Places>();
  const workspace = openWorkspace();
  const compact = createCompact();
  const given: Given = { settings, context: undefined, shootSchema: undefined };
  const forget = (uri: string): readonly string[] => {
    places.delete(uri);
    return workspace.report(uri) === undefined ? [] : workspace.delete(uri);
  };
  return {
    open,
    workspace,
    add: (document) => void open.set(document.uri, document),
    inspect(document) {
      const { uri, buffer } = document;
      places.delete(uri);
      const inspection = inspectOpen(document, given);
      if (isSettingsFile(uri)) return workspace.set(inspectSettings(readSettings(uri, buffer.text)));
      // Of other people's YAML nothing is said, as lint says nothing of it when it reads a folder.
      if (!mayConcernUs(buffer.text)) return [uri, ...forget(uri)];
      const adapted = given.context && inContext(inspection, settings.policiesOf(uri), given.context);
      return adapted === undefined ? workspace.edit(inspection) : workspace.set(adapted);
    },
    read(uri, text) {
      if (open.has(uri)) return [];
      const report = text === undefined ? undefined : inspectText(given, uri, text, given.context?.previousOf);
      if (report === undefined || text === undefined || !holdsAnything(report)) return forget(uri);
      const kept = { ...compact(report), outlines: report.outlines };
      places.set(uri, notePlaces(kept, text, encoding));
      return workspace.set(given.context?.adapt(kept) ?? kept);
    },
    setContext: (context) => void Object.assign(given, { context }),
    setShootSchema: (shootSchema) => void Object.assign(given, { shootSchema }),
    inspectText: (uri, text) => inspectText(given, uri, text),
    remove(uri) {
      open.delete(uri);
      return forget(uri);
    },
    findingsOf: (uri) => findingsIn(workspace, settings, uri),
    positionOf(uri, offset) {
      const document = open.get(uri);
      return document === undefined ? placeIn(places.get(uri), offset) : positionAt(document.buffer, offset);
    },
  };
}

function findingsIn(workspace: Workspace, settings: SettingsIndex, uri: string): readonly Finding[] {
  const found = workspace.findingsOf(uri);
  const own = found.length === 0 ? undefined : settings.of(uri);
  return own === undefined ? found : applySettings(found, own.settings, own.path);
}

function placeIn(noted: Places | undefined, offset: number): Position | undefined {
  return noted && placeOf(noted, offset);
}

/** What texts are judged with. */
interface Given {
  readonly settings: SettingsIndex;
  context: GardenContext | undefined;
  shootSchema: PreparedSchema | undefined;
}

function inspectText({ settings, shootSchema }: Given, uri: string, text: string, previousOf?: PreviousOf): FileReport {
  if (isSettingsFile(uri)) return inspectSettings(readSettings(uri, text));
  return inspect(readManifests(uri, text, { shootSchema }), previousOf, settings.policiesOf(uri));
}

function inspectOpen(document: OpenDocument, { settings, shootSchema }: Given): Inspection {
  const { uri, buffer, inspection: previous, replaced } = document;
  const since = { previous, replaced, shootSchema };
  const inspection = inspectAgain(uri, buffer.text, settings.policiesOf(uri), since);
  document.inspection = inspection;
  document.replaced = undefined;
  return inspection;
}

/** What is found in a document because of a garden, in place of what is found without; undefined where that is the same. */
function inContext(inspection: Inspection, policies: Policies, context: GardenContext): FileReport | undefined {
  const own = inspection.report();
  const updates = own.outlines.some(context.updates);
  const adapted = context.adapt(updates ? inspect(inspection.file(), context.previousOf, policies) : own);
  return adapted === own ? undefined : adapted;
}

/** Of a file that has nothing of ours nobody asks anything. */
function holdsAnything({ findings, shoots, secrets }: FileReport): boolean {
  return findings.length > 0 || shoots.length > 0 || secrets.length > 0;
}
