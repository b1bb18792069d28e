import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { fileExists, kustomizationsAbove } from "./kustomization-files.ts";

function scratch(): string {
  const root = makeScratch({
    "kustomization.yaml": "",
    "repo/.git/HEAD": "",
    "repo/Kustomization": "",
    "repo/app/kustomization.yml": "",
    "repo/app/kustomization.yaml/x": "",
    "repo/app/secrets/a.yaml": "",
    "repo/app/secrets/kustomization.yaml": "",
    "repo/other/kustomization.yaml": "",
  });
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

test("finds the kustomizations in a file's folder and above, up to the repository's root", () => {
  const root = scratch();
  expect(kustomizationsAbove(join(root, "repo/app/secrets/a.yaml"))).toEqual([
    { uri: join(root, "repo/app/secrets/kustomization.yaml"), path: "a.yaml" },
    { uri: join(root, "repo/app/kustomization.yml"), path: "secrets/a.yaml" },
    { uri: join(root, "repo/Kustomization"), path: "app/secrets/a.yaml" },
  ]);
});

test("calls them by paths from the working directory where the file is called so", () => {
  vi.spyOn(process, "cwd").mockReturnValue(join(scratch(), "repo/app/secrets"));
  expect(kustomizationsAbove("a.yaml")).toEqual([
    { uri: "kustomization.yaml", path: "a.yaml" },
    { uri: "../kustomization.yml", path: "secrets/a.yaml" },
    { uri: "../../Kustomization", path: "app/secrets/a.yaml" },
  ]);
});

test("knows what is there", () => {
  const root = scratch();
  expect(["repo", "repo/Kustomization", "gone"].map((it) => fileExists(join(root, it)))).toEqual([true, true, false]);
});
