import { beforeAll, describe, expect, test } from "@jest/globals";
import { changeDrawing, reviewData } from "../../page/review-data.ts";
import { pageText } from "../../page/write.ts";
import { comparePlans } from "../../review/review-plans.ts";
import { type OpenPages, violations } from "../support/browser.ts";
import { environment, TODAY } from "../support/environments.ts";
import { plan, resourceChange } from "../support/plans.ts";
import type { Json } from "../support/synthesized.ts";

/** The page of a review of one of the real plans, which a test may change. */
function reviewPage(
  name: string,
  change?: (plan: Json) => void,
  planWarnings: readonly string[] = [],
): Promise<string> {
  const stacks = [{ name: "platform", plan: plan(name, change) }];
  const comparison = comparePlans({ environment: environment(), stacks, today: TODAY, planWarnings });
  return pageText("Change", reviewData(comparison, TODAY), changeDrawing(comparison), {
    redact: comparison.redact,
  });
}

/** What plans do, on the topology. */
export function changePageTests(pages: OpenPages): void {
  test("a review shows what is destroyed, and budgets before and after", async () => {
    const page = await pages.open(await reviewPage("12-service-removed"));
    await expect(page.locator(".box.destroy").allTextContents()).resolves.toEqual([
      expect.stringContaining("dev-worker Cloud Run service"),
    ]);
    expect(await page.locator(".edge.removed").count()).toBe(3);
    const budget = page.locator(".budget", { hasText: "Connections to database dev-orders-pg" });
    await expect(budget.locator(".figure").allTextContents()).resolves.toEqual([
      "256 of 397 connections (64 %)",
      "160 of 397 connections (40 %)",
    ]);
    await expect(page.locator("#topology > .quiet").first().textContent()).resolves.toBe(
      "The picture shows 1 of 1 changed resource; all are listed under Changes.",
    );
    await expect(page.locator(".summary").textContent()).resolves.toMatch(
      /^Verdict▲ Needs acknowledgement.*− destroyed1resource$/,
    );
    await page.locator("#plan summary").first().click();
    await expect(page.locator("#plan pre").first().textContent()).resolves.toContain(
      "- google_cloud_run_v2_service.worker (destroy)",
    );
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, ["color-contrast"])).toEqual([]);
    expect(pages.reported).toEqual([]);
    await page.close();
  });

  /** The kind: a page that calls safe what the comment does not. */
  test("a review of plans that may be the wrong ones is not called safe", async () => {
    const warning = "platform: the plan was made at 2020-01-01T00:00:00Z";
    const page = await pages.open(await reviewPage("03-connector-grow", undefined, [warning]));
    await expect(page.locator(".summary").textContent()).resolves.toContain(
      "Verdict▲ Safe, if these plans were the right ones",
    );
    await expect(page.locator("main li").first().textContent()).resolves.toBe(warning);
    await page.close();
  });

  describe("of a plan with hostile names and a secret", () => {
    const markup = `</script><script>document.title = "run"</script><img src=x onerror=alert(1)>`;
    const steering = "dev\u202eapi\u0007";
    const secret = "S3cret-that-nobody-may-see";
    let html: string;
    beforeAll(async () => {
      html = await reviewPage("10-redis-tls", (copy) => {
        const { change } = resourceChange(copy, "google_redis_instance.cache");
        change.after.display_name = secret;
        change.after_sensitive = { ...change.after_sensitive, display_name: true };
        const text = JSON.stringify(copy)
          .replaceAll("dev-worker", JSON.stringify(markup).slice(1, -1))
          .replaceAll("dev-api", JSON.stringify(steering).slice(1, -1));
        Object.assign(copy, JSON.parse(text));
      });
    });

    test("a review shows what is replaced, and why; HTML in names stays text", async () => {
      const page = await pages.open(html);
      await expect(page.title()).resolves.toBe("Change");
      expect(await page.locator("img").count()).toBe(0);
      await expect(page.locator(".box title").allTextContents()).resolves.toContain(markup);
      await page.locator(".box.replace").click();
      const details = page.getByRole("region", { name: "About dev-cache" });
      await expect(details.textContent()).resolves.toContain("Redis dev-cache is REPLACED");
      await expect(details.textContent()).resolves.toContain("forces replacement");
      expect(pages.reported).toEqual([]);
      await page.close();
    });

    test("what plans mark as sensitive is in no page", () => {
      expect(html).not.toContain(secret);
      expect(html).toContain("(sensitive)");
    });

    /** The kind: signs in a name that turn the sentence around it, or steer what shows it. */
    test("no name turns a sentence around", () => {
      expect(html).toContain("devapi");
      expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(html).not.toContain("\\u202e");
    });
  });
}
