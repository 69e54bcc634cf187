import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Page } from "playwright-core";
import type { Edit } from "../../page/changed-lines.ts";
import { controlsOf } from "../../page/controls.ts";
import { formatIssue } from "../../platform/issue.ts";
import { cidr, gibibytes, megabitsPerSecond, seconds } from "../../platform/units.ts";
import { loadEnvironments } from "../../synthesis/load-environments.ts";
import type { OpenPages } from "../support/browser.ts";
import { editsOf } from "../support/edits.ts";
import { environmentPage } from "../support/environment-page.ts";
import { type Draft, environment, stagingDraft, TODAY } from "../support/environments.ts";

const { name: _, ...input } = environment();
const controls = controlsOf(input);

const edits = editsOf(controls);

/** What `npm start` prints of the environment file, which it loads, once a person has written the lines of the page into it. */
async function sentencesOfSynth(lines: string): Promise<string[]> {
  const changes = new Function("cidr", "seconds", "gibibytes", "megabitsPerSecond", `return {${lines}\n}`);
  const draft = stagingDraft((draft) => {
    merge(draft, changes(cidr, seconds, gibibytes, megabitsPerSecond));
  });
  // A folder of its own: Node loads a file once.
  const folder = mkdtempSync(path.join(os.tmpdir(), "environments-"));
  try {
    writeFileSync(path.join(folder, "staging.ts"), `export const environment = ${JSON.stringify(draft)};\n`);
    const { issues } = await loadEnvironments(folder, ["staging"], TODAY);
    return issues.flatMap((each) => each.issues.map(formatIssue));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Elements of a list are found by their names. */
function merge(draft: Draft, changes: Draft): void {
  for (const [key, change] of Object.entries<Draft>(changes)) {
    const found = Array.isArray(draft) ? draft.findIndex(({ name }) => name === change.name) : key;
    const present = draft[found];
    const isList = Array.isArray(change) && typeof change[0] !== "object";
    if (typeof change !== "object" || isList || present === undefined) draft[found] = change;
    else merge(present, change);
  }
}

/** What the page says of changes, against what synth says of them. */
export function whatIfTests(pages: OpenPages): void {
  let page: Page;
  beforeAll(async () => {
    page = await pages.open(await environmentPage(environment()));
  });

  test("has a control for every number of the environment", async () => {
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("e");
    await panel.getByRole("searchbox").fill("");
    expect(controls.map(({ names }) => names.join("."))).toEqual(
      expect.arrayContaining([
        "network.connector.maxInstances",
        "services.backend.instances.max",
        "services.backend.database.pool",
        "database.tier",
        "database.maxConnections",
        "cache.memoryGibibytes",
        "deadlines.databaseInitialization",
      ]),
    );
  });

  /** The kind: an answer that is written where nobody looks while a control moves. */
  test("shows its verdict next to a control far below it, on a telephone too", async () => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const panel = page.getByRole("complementary", { name: "What if" });
      const field = panel.locator('[data-path="services.auth.database.pool"] input:not(.slider)');
      await field.scrollIntoViewIfNeeded();
      await field.fill("30");
      const box = await panel.locator(".answer.bad strong").boundingBox();
      const y = box?.y ?? Number.NaN;
      expect([width, y >= 0 && y < 800]).toEqual([width, true]);
      expect(await page.locator("body").textContent()).toContain("As written: No findings");
      await panel.getByRole("button", { name: "Undo all" }).click();
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test("is judged in the browser as synth judges the file, sentence by sentence", async () => {
    const samples = fc.sample(edits, { numRuns: 20, seed: 20 }).filter((list) => list.length > 0);
    const verdicts = new Set<boolean>();
    for (const list of samples) {
      const { shown, lines } = await tried(page, list);
      expect({ lines, shown }).toEqual({ lines, shown: await sentencesOfSynth(lines) });
      verdicts.add(shown.length === 0);
    }
    expect([...verdicts].sort()).toEqual([false, true]);
    expect(pages.reported).toEqual([]);
  });
}

/** Makes the changes with the controls as a person does, reads the reasons and the lines to write, and undoes them. */
async function tried(page: Page, list: readonly Edit[]): Promise<{ shown: string[]; lines: string }> {
  const panel = page.getByRole("complementary", { name: "What if" });
  for (const { names, leaf, changed } of list) {
    await panel.getByRole("searchbox").fill(names.join(" "));
    const control = panel.locator(`[data-path="${names.join(".")}"]`);
    const field = control.locator("input:not(.slider), select");
    if (leaf.kind === "choice") await field.selectOption(String(changed));
    else if (leaf.kind === "flag") await field.setChecked(changed === true);
    else await field.fill(String(changed));
  }
  const shown = await panel.locator(".refusals li").allTextContents();
  const lines = (await panel.locator("pre").textContent()) ?? "";
  await panel.getByRole("button", { name: "Undo all" }).click();
  return { shown, lines };
}
