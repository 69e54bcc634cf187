import { expect, test } from "@jest/globals";
import { environmentData } from "../../page/environment-data.ts";
import type { Drawing } from "../../page/layout.ts";
import { pageText } from "../../page/write.ts";
import type { OpenPages } from "../support/browser.ts";
import { stagingDrawing } from "../support/environment-page.ts";
import { type Draft, environment, TODAY } from "../support/environments.ts";

/** Every second one public, every third one with a database, half of them through the connector. */
function hundredServices(draft: Draft): void {
  const [auth, backend] = draft.services;
  auth.exposure = [{ host: "api-staging.netrasystems.ai" }];
  draft.services = [
    auth,
    ...Array.from({ length: 99 }, (_, index) => ({
      ...structuredClone(backend),
      name: `service-${index}`,
      instances: { min: 0, max: 1 },
      requestTimeout: 60,
      webSockets: false,
      path: index % 2 === 0 ? "connector" : "direct",
      bandwidth: 1,
      database: index % 3 === 0 ? { pool: 1, overflow: 0, via: "socket" } : undefined,
      cache: index % 2 === 0 ? undefined : { pool: 1 },
      dependsOn: ["auth"],
      secrets: [],
      exposure: index % 2 === 0 ? [{ host: `s${index}.netrasystems.ai` }] : [],
    })),
  ];
  draft.network.addresses.directEgress = "10.1.8.0/22";
  delete draft.validation;
  delete draft.existing;
}

/** The topology of staging with the boxes of its backend, and what connects them, for each of the others; half are public. */
function hundredDrawing(): Drawing {
  const { nodes, edges } = stagingDrawing();
  const backend = nodes.filter(({ lines: [name] }) => name?.includes("backend"));
  const copies = Array.from({ length: 98 }, (_, index) => index).map((index): Drawing => {
    const own = backend.filter(({ layer }) => layer === "services" || index % 2 === 0);
    const idOf = (id: string): string => (own.some((node) => node.id === id) ? `${id}-${index}` : id);
    return {
      nodes: own.map(({ lines, ...node }) => ({
        ...node,
        id: idOf(node.id),
        lines: lines.map((line) => line.replace("backend", `service-${index}`)),
      })),
      edges: edges
        .map(({ from, to, label }) => ({ from: idOf(from), to: idOf(to), label }))
        .filter(({ from, to }) => [from, to].some((id) => id.endsWith(`-${index}`))),
    };
  });
  return {
    nodes: [...nodes, ...copies.flatMap((copy) => copy.nodes)],
    edges: [...edges, ...copies.flatMap((copy) => copy.edges)],
  };
}

/** Rules take longer than everything else here, and find nothing in an environment that the model accepts; one finding is waived. */
const FOUND = {
  findings: [],
  waived: [
    {
      rule: "data/sql-backups",
      severity: "warning" as const,
      address: "google_sql_database_instance.database",
      origin: "staging-data",
      path: "staging-data/database",
      message: "backups are kept for 7 days",
      fix: "Keep them for 14.",
      source: "https://docs.cloud.google.com/sql",
      waiver: {
        rule: "data/sql-backups",
        address: "*",
        reason: "until the disk is moved",
        expires: "2026-12-31",
      },
    },
  ],
  resources: 0,
};

const MEGABYTE = 1_000_000;

/** Elements of the first frame: the topology and nothing below it. `npm run bench -- page` measures how soon it is painted. */
const MAX_FIRST_ELEMENTS = 3_300;

/** In the frame that first shows the page, before it is painted: what is in it. */
const FIRST_FRAME = `requestAnimationFrame(function look() {
  const elements = document.querySelectorAll("#page *").length;
  if (elements === 0) requestAnimationFrame(look);
  else window.firstFrame = { elements, sections: [...document.querySelectorAll("main section[id]")].map(({ id }) => id) };
})`;

/** A page that a browser opens at once: how fast is measured, and how much it does until then is tested. */
export function hundredServicesTests(pages: OpenPages): void {
  test("is smaller than 2 MB, and stays usable", async () => {
    const { name, ...rest } = environment(hundredServices);
    const data = environmentData({ name, ...rest }, FOUND, TODAY, "");
    const html = await pageText(name, data, hundredDrawing());
    expect(Buffer.byteLength(html)).toBeLessThan(2 * MEGABYTE);
    const page = await pages.open(html, { initScript: FIRST_FRAME });
    await page.locator("#findings").waitFor();
    const { elements, sections } = await page.evaluate<{ elements: number; sections: string[] }>(
      "firstFrame",
    );
    expect(sections).toEqual(["topology"]);
    expect(elements).toBeLessThan(MAX_FIRST_ELEMENTS);

    await page.getByRole("searchbox", { name: "Find a resource" }).fill("service-42");
    await page.keyboard.press("Enter");
    await expect(page.locator(".box.chosen").textContent()).resolves.toContain("service-42");
    const panel = page.getByRole("complementary", { name: "What if" });
    await panel.getByRole("searchbox").fill("connector maxInstances");
    await panel.getByRole("spinbutton").fill("11");
    await expect(panel.locator(".refusals li").allTextContents()).resolves.toEqual([
      expect.stringContaining("network.connector.maxInstances is 11: allowed is a whole number from 3 to 10"),
    ]);
    await expect(page.locator("#findings .waived").textContent()).resolves.toContain(
      "Waived until 2026-12-31: until the disk is moved",
    );
    expect(await page.locator("#budgets .legend").first().locator("li").count()).toBe(8);
    expect(pages.reported).toEqual([]);
    await page.close();
  });
}
