import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The workflows of the package, in the repository or next to the packed program. */
const FOLDER =
  ["workflows", "../../.github/workflows"]
    .map((folder) => path.join(import.meta.dirname, folder))
    .find((folder) => existsSync(folder)) ?? "";

/** Those that are the same in every project. */
const SHARED = ["deploy-environment.yml", "deploy.yml", "drift.yml", "pull-request.yml", "set-image.yml"];

/** GitHub's workflows of a project by path: review, deployment and drift as in the package's own repository, and its checks. */
export function workflows(): Record<string, string> {
  const shared = SHARED.map(
    (name) => [name, forProject(readFileSync(path.join(FOLDER, name), "utf8"))] as const,
  );
  return Object.fromEntries(
    [...shared, ["checks.yml", checks(shared.map(([, text]) => text).join("\n"))] as const].map(
      ([name, text]) => [`.github/workflows/${name}`, text],
    ),
  );
}

/**
 * The package's own repository installs itself when a command starts, and has no list of packages that only development
 * needs; a project installs what its lock file names.
 */
function forProject(text: string): string {
  return text
    .replaceAll(/^ +- name: .*\n +run: node tools\/runtime-packages\.mjs\n/gm, "")
    .replaceAll("node tools/run.mjs main.ts github", "npm run --silent github --")
    .replaceAll(
      /^( +)(- uses: actions\/setup-node@.*\n(?:\1 .*\n)*)/gm,
      (_, indent: string, step: string) =>
        `${indent}${step}${indent}- name: Install\n${indent}  run: npm ci\n`,
    );
}

/** @param pinned text that names the actions by their commits */
function checks(pinned: string): string {
  const action = (name: string): string =>
    new RegExp(`${name}@[0-9a-f]{40} # \\S+`).exec(pinned)?.[0] ?? name;
  return `# Needs no credentials, so it runs for everybody's pull request, forks included.
name: Checks

on:
  workflow_call:
    inputs:
      upload:
        description: Whether GitHub may take the findings; the token of a fork may not write them.
        type: boolean
        required: true

permissions: {}

jobs:
  checks:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
      security-events: write
    steps:
      - uses: ${action("actions/checkout")}
        with:
          persist-credentials: false
      - uses: ${action("actions/setup-node")}
        with:
          node-version: 22
          package-manager-cache: false
      - name: Install
        run: npm ci
      - name: Test
        run: npm test
      - name: Synthesize
        run: npm start
`;
}
