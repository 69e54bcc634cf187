import { describe, expect, test } from "@jest/globals";
import { block, code, plain } from "../../reporting/escape.ts";
import { fitted } from "../../reporting/fit.ts";
import { marker, reviewMarkdown } from "../../review/report/markdown.ts";
import { plan } from "../support/plans.ts";
import { change, planOf, reviewOf, reviewOfReal } from "./support.ts";

const LIMIT = 65_536;

const EVIL =
  "```\n</details><script>alert(1)</script> | @octocat #123 ![x](https://evil.example/x.png) **b** `c` <!-- -->";

describe("the comment", () => {
  test("begins with its marker, the verdict next", () => {
    const [first, second] = reviewMarkdown(reviewOfReal("04-connector-shrink")).split("\n");
    expect(first).toBe("<!-- single-source-review:dev -->");
    expect(second).toBe("## ⚠️ Needs acknowledgement: dev (2 changes in 1 stack)");
    expect(marker("x --> <script>")).toBe("<!-- single-source-review:x--script -->");
  });

  test("gives what to write into the environment, ready to copy", () => {
    expect(reviewMarkdown(reviewOfReal("04-connector-shrink"))).toContain(
      '  { address: "google_vpc_access_connector.main", action: "replace", reason: "…", expires: "YYYY-MM-DD" },',
    );
  });

  test("folds the raw plan away", () => {
    const markdown = reviewMarkdown(reviewOfReal("04-connector-shrink"));
    expect(markdown).toContain("<details><summary>Raw plan of dev (");
    expect(markdown).toContain("max_instances: 6 -> 4 # forces replacement");
    expect(markdown.match(/<details>/g)).toHaveLength(markdown.match(/<\/details>/g)?.length ?? 0);
  });

  test("is the same however often it is made, and whatever order the keys come in", () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, turned(item)]),
      );
    };
    const markdown = reviewMarkdown(reviewOf({ dev: plan("10-redis-tls") }));
    expect(reviewMarkdown(reviewOf({ dev: plan("10-redis-tls") }))).toBe(markdown);
    const summary = (text: string): string => text.slice(0, text.indexOf("<details><summary>Raw plan"));
    expect(summary(reviewMarkdown(reviewOf({ dev: turned(plan("10-redis-tls")) })))).toBe(summary(markdown));
  });
});

test("one value that is longer than a comment leaves room for everything else", () => {
  const value = "漢".repeat(100_000);
  const markdown = reviewMarkdown(
    reviewOf({
      dev: planOf(
        change("google_compute_address", { name: "a", address: value }, null, { name: "a" }),
        change("google_compute_address", { name: "b", address: "192.0.2.1" }, null, { name: "b" }),
      ),
    }),
  );
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(LIMIT);
  expect(markdown).toContain("漢…");
  expect(markdown).toContain("the IP address 192.0.2.1 is released");
});

test("long values are cut around what changed", () => {
  const filter = (more: string): string => `${"a".repeat(400)} ${more} ${"z".repeat(400)}`;
  const markdown = reviewMarkdown(
    reviewOf({
      dev: planOf(
        change(
          "google_logging_metric",
          { name: "m", filter: filter("before") },
          { name: "m", filter: filter("after") },
        ),
      ),
    }),
  );
  expect(markdown).toMatch(/filter: …a{59} before z+… -> …a{59} after z+…/);
});

describe("text of a plan", () => {
  const evil = () =>
    reviewMarkdown(
      reviewOf({
        [`s ${EVIL}`]: planOf(
          change(
            "google_storage_bucket",
            { name: EVIL, labels: { a: "b" } },
            { name: EVIL, labels: { a: EVIL } },
          ),
          change("google_redis_instance", { name: EVIL }, null, { name: `x["${EVIL}"]` }),
        ),
      }),
    );

  /** What is left of the markup once code, which GitHub shows as it is, is taken out. */
  const outside = (markdown: string): string =>
    markdown
      .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "")
      .replace(/(?<!\\)(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");

  test("breaks out of nothing, loads nothing and notifies nobody", () => {
    const text = outside(evil());
    expect(text).not.toMatch(/(?<!\\)<(?!details>|\/details>|summary>|\/summary>|!-- single-source-review)/);
    expect(text).not.toMatch(/@octocat/);
    expect(text).not.toMatch(/(?<!\\)!\[/);
    expect(text).not.toMatch(/(?<!\\)#123/);
    expect(text).not.toContain("https://evil");
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });

  test("a fence is longer than what it holds", () => {
    expect(code("a`b")).toBe("``a`b``");
    expect(code("`")).toBe("`` ` ``");
    expect(code("a\n\n# b")).toBe("`a # b`");
    expect(plain("a\n- b <b> @team")).toBe("a - b \\<b\\> @\u200bteam");
    // The direction of reading cannot be turned.
    expect(plain("a\u202eb")).toBe("ab");
    expect(block(["+ a\u202eb\u0007c\nd"])).toBe("```\n+ ab c d\n```");
  });
});

describe("the size of a comment", () => {
  const many = (count: number, length: number) =>
    reviewOf({
      network: planOf(
        ...Array.from({ length: count }, (_, index) =>
          change(
            "google_compute_address",
            null,
            { name: `a${index}`, description: "ü".repeat(length) },
            { name: `a${index}` },
          ),
        ),
      ),
      data: planOf(
        ...Array.from({ length: count }, (_, index) =>
          change("google_sql_database", { name: `d${index}`, note: "ü".repeat(length) }, null, {
            name: `d${index}`,
          }),
        ),
      ),
    });

  test("hundreds of resources fit, with the verdict and what is destroyed, and what was dropped is said", () => {
    const markdown = reviewMarkdown(many(400, 200));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(LIMIT);
    expect(markdown).toContain("## ⚠️ Needs acknowledgement: dev (800 changes in 2 stacks)");
    expect(markdown).toContain("**destroy** `google_sql_database.d0`");
    expect(markdown).toContain(
      "this was left out or shortened: the raw plan of data; the raw plan of network",
    );
    expect(markdown).not.toContain("Raw plan of");
  });

  test("thousands fit too", () => {
    const markdown = reviewMarkdown(many(3000, 1));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(LIMIT);
    expect(markdown).toContain("needs an acknowledgement");
    expect(markdown).toMatch(/… and \d+ more/);
  });

  test("a small review is whole", () => {
    expect(reviewMarkdown(many(3, 10))).not.toContain("left out");
    expect(reviewMarkdown(many(3, 10))).toContain("Raw plan of network");
  });

  test("detail goes in the stated order, and no further than it must", () => {
    const sections = [
      { what: "verdict", rank: 0, versions: ["verdict"] },
      { what: "list", rank: 3, versions: ["x".repeat(3000), "x".repeat(300), ""] },
      { what: "raw", rank: 20, versions: ["y".repeat(3000), ""] },
    ];
    expect(fitted(sections, 8000)).toContain("y");
    const shorter = fitted(sections, 5000);
    expect(shorter).toContain("x".repeat(3000));
    expect(shorter).not.toContain("yy");
    expect(shorter).toContain("left out or shortened: raw.");
    const shortest = fitted(sections, 2000);
    expect(shortest).toContain("x".repeat(300));
    expect(shortest).toContain("raw; list.");
  });

  test("a verdict that alone is too long is cut, between lines and not within a character", () => {
    const long = Array.from({ length: 900 }, () => "ü".repeat(100)).join("\n");
    const cut = fitted([{ what: "", rank: 0, versions: [long] }]);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(LIMIT);
    expect(cut).toContain("the rest does not fit into a comment");
    expect(cut).not.toContain("\ufffd");
  });
});
