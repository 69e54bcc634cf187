import { expect, test } from "@jest/globals";
import { environmentData } from "../../page/environment-data.ts";
import { pageText } from "../../page/write.ts";
import type { MeshEnvironment } from "../../platform/schema/mesh.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { discard, synthesize } from "../../synthesis/synthesize.ts";
import { type OpenPages, violations } from "../support/browser.ts";
import { meshEnvironment, TODAY } from "../support/environments.ts";

/** The page of an environment behind Istio as `npm start` writes it. */
async function meshPage(environment: MeshEnvironment): Promise<string> {
  const synthesis = await synthesize([environment]);
  try {
    const { errors, warnings, unknown, ...rest } = evaluate(environment, synthesis, TODAY);
    const findings = { findings: [...errors, ...warnings, ...unknown], ...rest };
    return await pageText(environment.name, environmentData(environment, findings, TODAY, ""), undefined);
  } finally {
    discard(synthesis);
  }
}

/** What the page of an environment behind Istio shows. */
export function meshPageTests(pages: OpenPages): void {
  test("shows its gateway, hosts, routes, services and findings, and no part that it does not have", async () => {
    const page = await pages.open(await meshPage(meshEnvironment()));
    await expect(page.locator("h2").allTextContents()).resolves.toEqual([
      "Gateway",
      "Routes",
      "Services",
      "Findings",
    ]);
    await expect(page.locator("#gateway .lead").textContent()).resolves.toBe(
      "meta-studio/meta-studio-ad-studio-app-spa-gateway, served by pods istio=ingressgateway in namespace istio-system",
    );
    await expect(page.locator("#routes tbody tr").allInnerTexts()).resolves.toEqual([
      "api\t/api and below\tapi-server\t15 s\t2\t45 s",
      "app\teverything else\tmeta-verse-visualizer-main\t15 s\t2\t45 s",
    ]);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, ["color-contrast"])).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(pages.reported).toEqual([]);
    await page.close();
  });
}
