import { describe, expect, test } from "@jest/globals";
import { parseHcl } from "../../graph/hcl/parse-hcl.ts";
import { InputError } from "../../graph/index.ts";

function issueOf(text: string): string {
  try {
    parseHcl("main.tf", text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "none";
}

/** The value of the argument `a`. */
const jsonOf = (written: string): unknown => parseHcl("main.tf", `a = ${written}\n`).json.a;

describe("arguments become what Terraform JSON writes for them", () => {
  test.each([
    ["1e3", 1000],
    ["-5", -5],
    ["!true", false],
    ["null", null],
    ['("x")', "x"],
    ["[\n1, # one\n2,\n]", [1, 2]],
    ["[<<EOT\nx\nEOT\n, 2]", ["x\n", 2]],
    [
      '{ b = 1, "c" = 2, (d) = 3, "e-${f}" = 4, g : 5, h.i = 6, 5 = 7, true = 8 }',
      { "5": 7, b: 1, c: 2, "${d}": 3, "e-${f}": 4, g: 5, "h.i": 6, true: 8 },
    ],
    ["{\n b = c # why\n d = e // why\n}", { b: "${c}", d: "${e}" }],
    ["{ b = 1 }.b", "${{ b = 1 }.b}"],
    ["[for x in y : x]", "${[for x in y : x]}"],
    ["b.*.c", "${b.*.c}"],
    ["b /* why */", "${b}"],
    ["(b ?\n c\n : d)", "${b ?\n c\n : d}"],
    ["provider::a::b(c...)", "${provider::a::b(c...)}"],
    ["foo-bar", "${foo-bar}"],
    ["f(<<EOT\nx\nEOT\n)", "${f(<<EOT\nx\nEOT\n)\n}"],
  ])("%s", (written, json) => {
    expect(jsonOf(written)).toEqual(json);
  });
});

describe("texts keep their interpolations, and escape what is none", () => {
  test.each([
    ['"x $${b} ${c}"', "x $${b} ${c}"],
    ['"100%${b} a%%{c}"', "100%${b} a%%{c}"],
    ['"$ % $$ x$"', "$ % $$ x$"],
    ['"x\\n\\"\\u00e9\\U0001F600\\\\"', 'x\n"é😀\\'],
    ['"an\u0303os"', "años"],
    ['"${"a"}-${"b"}"', '${"a"}-${"b"}'],
    ['"${[1]}"', [1]],
    ['"x ${~ b ~} c"', "x${b}c"],
    ['"${f("}${g("\\"")}")}"', '${f("}${g("\\"")}")}'],
    [
      '"%{ if a }x%{ else }${y}%{ endif }%{ for i, j in l }${j}%{ endfor }"',
      "%{if a}x%{else}${y}%{endif}%{for i, j in l}${j}%{endfor}",
    ],
    ["<<EOT\nhello ${b}\n  c\n  EOT", "hello ${b}\n  c\n"],
    ["<<EOT\nEOT", ""],
    ["<<EOT\r\nhello\r\nEOT\r", "hello\r\n"],
    ["<<-EOT\n\n    a $${b}\n\n      EOTS\n  EOT", "\na $${b}\n\n  EOTS\n"],
    ["<<-EOT\n      ${f(\n  b)}\n    c\n    EOT", "  ${f(\n  b)}\nc\n"],
    [
      "<<-EOT\n    %{ for x in y ~}\n    - ${x}\n    %{ endfor ~}\n    EOT",
      "%{for x in y}    - ${x}\n%{endfor}",
    ],
    ["<<EOT\n${f(<<IN\nx ${y}\nIN\n)}\nEOT", "${f(<<IN\nx ${y}\nIN\n)\n}\n"],
  ])("%s", (written, json) => {
    expect(jsonOf(written)).toEqual(json);
  });
});

test("blocks become lists under their labels, with the lines on which they begin", () => {
  const { json, lines } = parseHcl(
    "main.tf",
    '# a\nb "x" "y" {\n  c = 1\n  d {}\n  d { e = 2 }\n}\n\n/* f\n */ b "x" "y" {\n}\r\nb "x" z {}\ng {\n}',
  );
  const [first, second] = (json as { b: { x: { y: object[] } } }).b.x.y;
  expect(json).toEqual({ b: { x: { y: [{ c: 1, d: [{}, { e: 2 }] }, {}], z: [{}] } }, g: [{}] });
  expect([lines.get(first), lines.get(second)]).toEqual([2, 9]);
});

describe("a syntax error is one sentence with its line and column", () => {
  test.each([
    [
      "a = 1\nb =\n",
      "line 2, column 4, cannot be read as HCL: expected an expression, found the end of the line.",
    ],
    [
      "a = b +\n c",
      "line 1, column 8, cannot be read as HCL: expected an expression, found the end of the line.",
    ],
    ["a = f(", "line 1, column 7, cannot be read as HCL: expected an expression, found the end."],
    [
      "a = 'x'",
      "line 1, column 5, cannot be read as HCL: expected an expression, found a single quote: texts are written in double quotes.",
    ],
    ["a = 1;", 'line 1, column 6, cannot be read as HCL: expected a new line, found ";".'],
    ["a = 1 b = 2", 'line 1, column 7, cannot be read as HCL: expected a new line, found "b".'],
    [
      "a = 1\na = 2",
      "line 2, column 1, cannot be read as HCL: a has a value already: an argument is set once.",
    ],
    ["a", 'line 1, column 2, cannot be read as HCL: expected "=" or "{" after a, found the end.'],
    [
      '"a" = 1',
      "line 1, column 1, cannot be read as HCL: expected the name of an argument or a block, found a quote.",
    ],
    ["}", 'line 1, column 1, cannot be read as HCL: expected the name of an argument or a block, found "}".'],
    [
      "b {\n  c {\n}\n",
      'line 1, column 1, cannot be read as HCL: the block that begins here has no closing "}".',
    ],
    ['b "x"\n{}', 'line 1, column 6, cannot be read as HCL: expected "{", found the end of the line.'],
    ['b "x${y}" {}', "line 1, column 3, cannot be read as HCL: a label is a text without ${...}."],
    ['b "x" "y" "z" {}', "line 1, column 11, cannot be read as HCL: the block b has more than 2 labels."],
    ["b {}\nb c {}", "line 2, column 1, cannot be read as HCL: b has blocks with and without a label."],
    [
      "b { c = 1, d = 2 }",
      'line 1, column 10, cannot be read as HCL: expected "}" (a block of several arguments has a line for each), found ",".',
    ],
    [
      "b { c {} }",
      'line 1, column 7, cannot be read as HCL: expected "=" after c (blocks in a block stand on lines of their own), found "{".',
    ],
    ["b {\n}c {}", 'line 2, column 2, cannot be read as HCL: expected a new line, found "c".'],
    [
      'a = "é\nb"',
      "line 1, column 5, cannot be read as HCL: the quoted text that begins here does not end on its line (several lines are written as <<-EOT, a line break as \\n).",
    ],
    ['a = "é${b c}"', 'line 1, column 11, cannot be read as HCL: expected "}" of ${, found "c".'],
    [
      'a = "\\x"',
      'line 1, column 6, cannot be read as HCL: \\x is no escape sequence (\\n, \\r, \\t, \\", \\\\, \\u00E9 are).',
    ],
    [
      "a = <<EOT\nx\nEOT",
      "line 1, column 5, cannot be read as HCL: the heredoc that begins here has no line with only its word to end it.",
    ],
    [
      "a = <<EOT x\nEOT\n",
      'line 1, column 5, cannot be read as HCL: expected an expression (a heredoc begins with <<-EOT and a new line), found "<".',
    ],
    ["a = 1 /* b", "line 1, column 7, cannot be read as HCL: the comment that begins here has no end."],
    [
      "a = { b = 1 c = 2 }",
      'line 1, column 13, cannot be read as HCL: expected "," or a new line, found "c".',
    ],
    ["a = [1 2]", 'line 1, column 8, cannot be read as HCL: expected "," or "]", found "2".'],
    [
      'a = "%{ endif }"',
      "line 1, column 9, cannot be read as HCL: the template directive endif has no beginning.",
    ],
    ['a = "%{ if b }"', "line 1, column 16, cannot be read as HCL: the template has no %{ endif }."],
    ["a = \u0001", 'line 1, column 5, cannot be read as HCL: expected an expression, found "\\u0001".'],
  ])("%j", (text, issue) => {
    expect(issueOf(text)).toBe(`main.tf, ${issue}`);
  });
});

describe("hostile text is read in linear time, or refused", () => {
  const million = 1_000_000;
  test.each([
    ["brackets", `a = ${"[".repeat(million)}`, /is nested too deeply/],
    ["blocks", "b {\n".repeat(million), /is nested too deeply/],
    ["interpolations", `a = ${'"${'.repeat(million)}`, /is nested too deeply/],
    ["directives", `a = "${"%{ if a }".repeat(300_000)}"`, /is nested too deeply/],
    ["operators", `a = ${"!".repeat(million)}b`, /is nested too deeply/],
    ["labels", `b ${"c ".repeat(million)}`, /more than 2 labels/],
    ["comments", "/* ".repeat(million), /has no end/],
    ["quotes", `a = ${'"" '.repeat(million)}`, /expected a new line, found a quote/],
    ["heredocs", "a = <<EOT\n".repeat(300_000), /has no line with only its word/],
    ["size", "a".repeat(5_000_001), /is longer than 5 million characters/],
    ["space", " \n#\n".repeat(million), /^none$/],
    ["escapes", `a = "${"$${".repeat(million)}"`, /^none$/],
    ["sums", `a = ${"1+".repeat(million)}1`, /^none$/],
    ["arguments", Array.from({ length: 200_000 }, (_, i) => `a${i} = 1\n`).join(""), /^none$/],
    ["one-line blocks", "b { c = 1 }\n".repeat(200_000), /^none$/],
  ])("%s", (_, text, issue) => {
    expect(issueOf(text)).toMatch(issue);
  });

  test("names of an object's own properties are arguments as any", () => {
    const { json } = parseHcl(
      "main.tf",
      '__proto__ = 1\nb "constructor" "__proto__" { __proto__ = {x = 1} }\n',
    );
    expect(Object.keys(json)).toEqual(["b", "__proto__"]);
    expect(JSON.stringify(json)).toBe(
      '{"b":{"constructor":{"__proto__":[{"__proto__":{"x":1}}]}},"__proto__":1}',
    );
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
