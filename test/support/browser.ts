import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { program } from "./programs.ts";

type PageOptions = Parameters<Browser["newPage"]>[0] & {
  /** Runs in the page before everything in it. */
  readonly initScript?: string;
};

/** One browser for the tests of a file, and the pages that they open from disk. */
export interface OpenPages {
  /** Opens HTML as a person would who has the file; what it reports to its console is an error of the test. */
  open(html: string, options?: PageOptions): Promise<Page>;
  /** Errors and warnings of all consoles, and requests other than for the file itself. */
  readonly reported: readonly string[];
}

/** Launches before all tests of the `describeWith(["chromium"])` that it is called in. */
export function browserPages(): OpenPages {
  const reported: string[] = [];
  let browser: Browser | undefined;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "pages-"));
    // The sandbox needs a user other than root, which containers of CI run as.
    browser = await chromium.launch({ executablePath: program("chromium"), args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    reported,
    open: async (html, { initScript, ...options } = {}) => {
      if (browser === undefined) throw new Error("the browser is not launched yet");
      const file = path.join(folder, "page.html");
      writeFileSync(file, html);
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
      page.on("console", (message) => {
        if (message.type() !== "log") reported.push(message.text());
      });
      page.on("pageerror", (error) => reported.push(String(error)));
      page.on("request", (request) => {
        if (request.url() !== `file://${file}`) reported.push(`requests ${request.url()}`);
      });
      if (initScript !== undefined) await page.addInitScript(initScript);
      await page.goto(`file://${file}`);
      return page;
    },
  };
}

/**
 * Violations of accessibility rules that axe finds, each with its rule, its element and why.
 *
 * @param rules @default all
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<unknown> {
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  return page.evaluate(`${axe}; axe.run(${JSON.stringify({ runOnly: rules, resultTypes: ["violations"] })}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target.join(" "), failureSummary])))`);
}
