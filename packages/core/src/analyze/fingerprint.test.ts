import { expect, test } from "vitest";
import type { Finding } from "../workspace/finding.ts";
import { fingerprintsOf } from "./fingerprint.ts";

/** Marks of findings at the first places of some texts. */
function marks(text: string, ...places: readonly string[]): readonly string[] {
  const findings = places.map((it): Finding => {
    const start = text.indexOf(it);
    const span = { start, end: start + it.length };
    return { code: "RC201", name: "a", severity: "error", uri: "a.yaml", span, message: "", related: [], fixes: [] };
  });
  return fingerprintsOf("a.yaml", text, findings);
}

const text = "kind: Shoot\nspec:\n  seedName: a\n  purpose: b\n";

test("edits elsewhere change no mark, and neither do blanks", () => {
  expect(marks(`# more\n\n${text}more: 1\n`, "seedName")).toEqual(marks(text, "seedName"));
  expect(marks(text.replace("  seedName: a", "      seedName:   a  "), "seedName")).toEqual(marks(text, "seedName"));
  expect(marks(text.replaceAll("\n", "\r\n"), "seedName")).toEqual(marks(text, "seedName"));
});

test("another line, file or code has another mark, and so has the second on a line", () => {
  const [first, second] = marks(text, "seedName", "seedName");
  expect(
    new Set([first, second, ...marks(text, "purpose"), ...marks(text.replace(": a", ": c"), "seedName")]).size,
  ).toBe(4);
});

test("a value of a Secret makes no difference", () => {
  const secret = "kind: Secret\nmetadata: { name: a }\nstringData:\n  password: invented-1\n";
  expect(marks(secret.replace("invented-1", "other"), "password")).toEqual(marks(secret, "password"));
});
