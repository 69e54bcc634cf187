import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Page } from "playwright-core";
import type { Edit } from "../../page/changed-lines.ts";
import { controlsOf } from "../../page/controls.ts";
import { formatIssue } from "../../platform/issue.ts";
import { cidr, gibibytes, mebibytes, megabitsPerSecond, minutes, seconds } from "../../platform/units.ts";
import { loadEnvironments } from "../../synthesis/load-environments.ts";
import type { OpenPages } from "../support/browser.ts";
import { editsOf } from "../support/edits.ts";
import { type Draft, environment, stagingDraft, TODAY } from "../support/environments.ts";
import type { StagingPage } from "./environment-page.ts";

const { name: _, ...input } = environment();
const controls = controlsOf(input, ["requestTimeout: 60"]);

const edits = editsOf(controls);

/** What `npm start` prints of the environment file, which it loads, once a person has written the lines of the page into it. */
async function sentencesOfSynth(lines: string): Promise<string[]> {
  const changes = new Function(
    "cidr",
    "seconds",
    "minutes",
    "gibibytes",
    "mebibytes",
    "megabitsPerSecond",
    `return {${lines}\n}`,
  );
  const draft = stagingDraft((draft) => {
    merge(draft, changes(cidr, seconds, minutes, gibibytes, mebibytes, megabitsPerSecond));
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
export function whatIfTests(pages: OpenPages, staging: StagingPage): void {
  test("has a control for every number of the environment", async () => {
    const { page } = staging;
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
    const { page } = staging;
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

  /** The kind: a field without a value, whose old verdict stays. */
  test("says what a field without a number lacks, and changes no budget for it", async () => {
    const { page } = staging;
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("backend instances max");
    const field = panel.getByRole("spinbutton", { name: "Instances: max" });
    const budgets = await page.locator(".summary .tile + .tile").allTextContents();
    for (const typed of ["", "1e"]) {
      await field.fill("");
      await field.pressSequentially(typed);
      await expect(panel.locator(".refusals li").allTextContents()).resolves.toEqual([
        "services.backend.instances.max is not a number: allowed is a whole number from 1 to 1000. Fix: write a number without quotes, for example 1.",
      ]);
      await expect(page.locator(".summary .tile + .tile").allTextContents()).resolves.toEqual(budgets);
      expect(await panel.locator("pre").count()).toBe(0);
    }
    await panel.getByRole("button", { name: "Undo all" }).click();
    await expect(field.inputValue()).resolves.toBe("20");
  });

  test("writes minutes where the environment file does, if they are whole", async () => {
    const panel = staging.page.getByRole("complementary", { name: "What if" });
    const line = async (service: string, value: string) => {
      await panel.getByRole("searchbox").fill(`${service} request timeout`);
      await panel.getByRole("spinbutton").fill(value);
      return /requestTimeout.*/.exec((await panel.locator("pre").textContent()) ?? "")?.[0];
    };
    expect(await line("backend", "1800")).toBe("requestTimeout: minutes(30), // was minutes(60)");
    expect(await line("backend", "1810")).toBe("requestTimeout: seconds(1810), // was minutes(60)");
    await panel.getByRole("button", { name: "Undo all" }).click();
    expect(await line("auth", "120")).toBe("requestTimeout: seconds(120), // was seconds(60)");
    await panel.getByRole("button", { name: "Undo all" }).click();
  });

  test("is judged in the browser as synth judges the file, sentence by sentence", async () => {
    const samples = fc.sample(edits, { numRuns: 20, seed: 20 }).filter((list) => list.length > 0);
    const verdicts = new Set<boolean>();
    for (const list of samples) {
      const { shown, lines } = await tried(staging.page, list);
      expect({ lines, shown }).toEqual({ lines, shown: await sentencesOfSynth(lines) });
      verdicts.add(shown.length === 0);
    }
    expect([...verdicts].sort()).toEqual([false, true]);
    expect(pages.reported).toEqual([]);
  });
}

/** Makes the changes with the controls, reads the reasons and the lines to write, and undoes them: in one go, as there are many. */
function tried(page: Page, list: readonly Edit[]): Promise<{ shown: string[]; lines: string }> {
  const changes = list.map(({ names, leaf, changed }) => ({
    search: names.join(" "),
    path: names.join("."),
    kind: leaf.kind,
    changed,
  }));
  return page.evaluate(`(async () => {
    const panel = document.querySelector("#what-if");
    const send = (element, type) => {
      element.dispatchEvent(new Event(type, { bubbles: true }));
      return scheduler.yield();
    };
    for (const { search, path, kind, changed } of ${JSON.stringify(changes)}) {
      const box = panel.querySelector(".search");
      box.value = search;
      await send(box, "input");
      const field = panel.querySelector(\`[data-path="\${path}"] :is(input:not(.slider), select)\`);
      if (kind === "flag") field.checked = changed;
      else field.value = String(changed);
      await send(field, kind === "flag" || kind === "choice" ? "change" : "input");
    }
    const shown = [...panel.querySelectorAll(".refusals li")].map(({ textContent }) => textContent);
    const lines = panel.querySelector("pre").textContent;
    await send([...panel.querySelectorAll("button")].at(-1), "click");
    return { shown, lines };
  })()`);
}
