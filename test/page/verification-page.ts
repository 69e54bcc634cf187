import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { verify } from "../../commands/verify/index.ts";
import { type OpenPages, violations } from "../support/browser.ts";
import { TODAY } from "../support/environments.ts";

const TERRAFORM = `resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_vpc_access_connector" "main" {
  name          = "main"
  network       = google_compute_network.main.name
  ip_cidr_range = "10.1.0.0/28"
  min_instances = 3
  max_instances = 15
}

resource "google_compute_subnetwork" "nodes" {
  name          = "nodes"
  network       = "legacy"
  region        = "europe-west1"
  ip_cidr_range = "10.1.0.0/20"
  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = "10.2.0.0/16"
  }
}
`;

/** What `verify FOLDER --format html` prints of one file. */
async function verificationPage(terraform: string): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "verified-"));
  const written: string[] = [];
  try {
    writeFileSync(path.join(folder, "main.tf"), terraform);
    await verify([folder, "--format", "html"], {
      cwd: folder,
      today: TODAY,
      variables: {},
      colors: false,
      version: "0",
      write: (text) => written.push(text),
      writeError: (text) => {
        throw new Error(text);
      },
    });
    return written.join("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const WITHOUT_PICTURE = `resource "google_project_iam_member" "editor" {
  project = "acme"
  role    = "roles/editor"
  member  = "user:ann@acme.example"
}
`;

/** What the page of a verification shows. */
export function verificationPageTests(pages: OpenPages): void {
  test("shows what is refused, without a violation that axe finds, light or dark, and fits a telephone", async () => {
    const page = await pages.open(await verificationPage(TERRAFORM));
    await expect(page.locator(".summary").textContent()).resolves.toContain("✕ Errors");
    await expect(page.locator("#findings .error").first().textContent()).resolves.toContain("15");
    // The kind: what the page of an environment shows of a network, and that of a network of others does not.
    const addresses = page.locator("#addresses");
    await expect(addresses.locator("h3").allTextContents()).resolves.toEqual(["legacy", "main"]);
    await expect(addresses.locator("tbody tr").allInnerTexts()).resolves.toEqual([
      expect.stringMatching(/^1\t10\.1\.0\.0\/20\tSubnet nodes\t4,096\t/),
      expect.stringMatching(/^2\t10\.2\.0\.0\/16\tSubnet nodes, the secondary range "pods"\t65,536\t/),
      expect.stringMatching(/^1\t10\.1\.0\.0\/28\tConnector main\t16\t/),
    ]);
    await page.locator(".box", { hasText: "3 to 15 instances" }).click();
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, ["color-contrast"])).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(pages.reported).toEqual([]);
    await page.close();
  });

  /** The kind: an empty panel with controls for nothing. */
  test("says that nothing is drawn, and maps no network, where there is none", async () => {
    const page = await pages.open(await verificationPage(WITHOUT_PICTURE));
    await expect(page.locator("#topology").textContent()).resolves.toContain("Nothing here is drawn");
    expect(
      await page.locator("#topology input, #topology svg, #addresses, nav [href='#addresses']").count(),
    ).toBe(0);
    await expect(page.locator("#findings .lead").textContent()).resolves.toContain("read 1 resource on");
    await page.close();
  });
}
