import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { Host } from "../host/start-host.ts";

/** A person before the window: looks at it, clicks and types, and keeps pictures of what was seen. */
export interface Person {
  readonly page: Page;
  readonly problems: Locator;
  readonly suggestions: Locator;
  readonly tree: Locator;
  /** The preview of a change of many files. */
  readonly preview: Locator;
  /** The button that makes the changes of the preview. */
  readonly apply: Locator;
  /** The lines of the editor with the focus that hold a text. */
  line(text: string): Locator;
  /** Opens a file by its name, as one does: Ctrl+P. */
  openFile(name: string): Promise<void>;
  /** Runs a command of the palette by its title. */
  run(title: string): Promise<void>;
  /** Takes the row of an open list to choose from that says something, after a picture of the list. */
  pick(row: string, picture: string): Promise<void>;
  /** Puts the cursor behind a text of the active editor, which shows a saved file. */
  putCursor(path: string, text: string): Promise<void>;
  /** Opens the menu of quick fixes and refactorings at the cursor, until `entry` is in it. */
  openActions(entry: string): Promise<void>;
  /** Takes an entry of the open menu. */
  choose(entry: string): Promise<void>;
  /** Saves all files. */
  save(): Promise<void>;
  /** Saves a new document under a path. */
  saveAs(path: string): Promise<void>;
  /** What a file of the folder says on disk, once it holds a text. */
  onDisk(path: string, holds: string): Promise<string>;
  shoot(name: string): Promise<void>;
}

/** Seats a person before a host's window. */
export function seat(host: Host, folder: string, pictures: string): Person {
  const { page } = host;
  page.setDefaultTimeout(40_000);
  mkdirSync(pictures, { recursive: true });
  const box = page.locator(".quick-input-widget .quick-input-box input:not([type=checkbox])").first();
  const rows = page.locator(".quick-input-list .monaco-list-row");
  const menu = page.locator(".action-widget");
  const press = (keys: string) => page.keyboard.press(keys);
  const line = (text: string) => page.locator(".editor-instance .view-line", { hasText: withBlanks(text) });

  const pick = async (keys: string, asked: string, row: string) => {
    const wanted = rows.filter({ hasText: row }).first();
    // A new window does not know all commands yet.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await press(keys);
      if (!(await appears(box))) continue;
      await box.fill(asked);
      if (await appears(wanted)) break;
      await press("Escape");
    }
    await wanted.click();
  };
  const run = (title: string) => pick("F1", `>${title}`, title);

  const putCursor = async (path: string, text: string) => {
    const before = readIfThere(join(folder, path)).split(text)[0] ?? "";
    const lines = `${before}${text}`.split("\n");
    const [line, column] = [lines.length, (lines.at(-1) ?? "").length + 1];
    const reached = page.getByText(`Ln ${line}, Col ${column}`, { exact: true });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await press("Control+g");
      await box.fill(`:${line}:${column}`);
      // Enter does nothing before the line is understood.
      await page.locator(".quick-input-widget", { hasText: new RegExp(`line ${line}\\b`) }).waitFor();
      await press("Enter");
      if (await appears(reached)) return;
      await press("Escape");
    }
    throw new Error(`the cursor did not get behind "${text}"`);
  };

  const shoot = async (name: string) => {
    // Where nothing has anything to say of it.
    await page.mouse.move(1000, 17);
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };

  return {
    page,
    problems: page.locator(".markers-panel .monaco-list-row"),
    suggestions: page.locator(".suggest-widget.visible .monaco-list-row"),
    tree: page
      .locator(".pane", { has: page.getByRole("button", { name: "Registry Caches Section" }) })
      .locator(".monaco-list-row"),
    apply: page.getByRole("button", { name: "Apply", exact: true }),
    preview: page.locator(".refactor-preview, .bulk-edit-panel").first(),
    line,
    run,
    putCursor,
    openFile: async (name) => {
      await pick("Control+p", name, name);
      await page.locator(".tab.active", { hasText: name }).waitFor();
    },
    openActions: async (entry) => {
      // The menu does not open while the actions of the last change are still asked for.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await press("Control+.");
        if (await appears(menu.locator(".monaco-list-row", { hasText: entry }))) return;
        await press("Escape");
      }
      throw new Error(`no action "${entry}" at the cursor`);
    },
    choose: async (entry) => {
      // By the keyboard: in older versions an invisible layer takes the clicks.
      const chosen = menu.locator(".monaco-list-row.focused", { hasText: entry });
      for (let step = 0; step < 20 && !(await chosen.isVisible()); step += 1) await press("ArrowDown");
      await press("Enter");
    },
    save: () => run("File: Save All"),
    saveAs: async (path) => {
      await press("Control+s");
      // It is filled by what it finds there, a moment after it opens.
      await page.locator(".quick-input-widget", { hasText: "OK" }).waitFor();
      await page.waitForTimeout(800);
      await box.fill(path);
      await page.waitForTimeout(800);
      await press("Enter");
      await page.locator(".tab.active", { hasText: basename(path) }).waitFor();
    },
    onDisk: async (path, holds) => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const text = readIfThere(join(folder, path));
        if (text.includes(holds)) return text;
        await page.waitForTimeout(50);
      }
      throw new Error(`${path} never held "${holds}"`);
    },
    pick: async (row, picture) => {
      const wanted = rows.filter({ hasText: row }).first();
      await wanted.waitFor();
      await shoot(picture);
      await wanted.click();
    },
    shoot,
  };
}

async function appears(wanted: Locator): Promise<boolean> {
  try {
    await wanted.first().waitFor({ timeout: 3000 });
    return true;
  } catch {
    return false;
  }
}

/** The editor writes blanks as no-break spaces. */
function withBlanks(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[\\s\u00a0]"));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
