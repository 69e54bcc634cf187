import { expect, test } from "@jest/globals";
import { comparisonMarkdown } from "../../commands/compare/formatted.ts";

test("values are no Markdown, and stay in their cells", () => {
  const markdown = comparisonMarkdown({
    environments: ["staging", "production"],
    differences: [
      {
        path: "services.backend.hosts",
        values: ["*.a.example | <b>", "*.b.example"],
        standing: "declared",
        reason: "two\nlines of @octocat",
      },
    ],
    unused: [],
    same: 1,
  });
  expect(markdown).toContain(
    "| `services.backend.hosts` | \\*.a.example \\| \\<b\\> | \\*.b.example | two lines of @\u200boctocat |",
  );
});
