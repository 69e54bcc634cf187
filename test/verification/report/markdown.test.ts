import { describe, expect, test } from "@jest/globals";
import { markdownReport } from "../../../verification/report/markdown.ts";
import { finding, full, report } from "./support.ts";

describe("the Markdown report", () => {
  test("shows errors and folds the rest", () => {
    expect(markdownReport(full)).toBe(`## ❌ 2 errors, 1 warning, 3 unknown, 1 waived

### \`google_compute_url_map.web\`

- The map sends nowhere: refused at apply.
  **Fix:** Write a default\\_service. ([edge/redirect](https://cloud.example/maps))
- It is named twice.
  **Fix:** Name it once. ([edge/redirect](https://cloud.example/maps))

<details><summary>1 warning</summary>

### \`google_compute_target_https_proxy.web\`

- The map sends nowhere: refused at apply.
  **Fix:** Write a default\\_service. ([edge/ssl-policy](https://cloud.example/maps))

</details>

<details><summary>3 unknown</summary>

### \`google_compute_subnetwork.a\`

- The map sends nowhere: refused at apply.
  **Fix:** Write a default\\_service. ([address/overlap](https://cloud.example/maps))

### \`google_compute_subnetwork.b\`

- The map sends nowhere: refused at apply.
  **Fix:** Write a default\\_service. ([address/overlap](https://cloud.example/maps))

### \`x.y\`

- The timeout is known after apply.
  **Fix:** Write a default\\_service. ([time/drift](https://cloud.example/maps))

</details>

<details><summary>1 waived</summary>

- \`google_x.y\` \`time/soak\` until 2026-12-31: ticket 12

</details>

> module.vpc comes from a registry and was not read

412 checks were made. Read 25 resources of plan.json.`);
  });

  test("is green where nothing is refused", () => {
    expect(markdownReport(report())).toBe(
      "## ✅ Nothing found\n\n412 checks were made. Read 25 resources of plan.json.",
    );
  });

  test("lets no text of a configuration become markup or notify anybody", () => {
    const hostile = finding({ message: "*.<b>x</b> | @octocat [a](b)", address: "a.b[`c`]" });
    const text = markdownReport(report({ findings: [hostile] }));
    expect(text).toContain("\\*.\\<b\\>x\\</b\\> \\| @\u200boctocat \\[a\\](b)");
    expect(text).toContain("### ``a.b[`c`]``");
  });
});
