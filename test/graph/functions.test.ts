import { describe, expect, test } from "@jest/globals";
import { isUnknown } from "../../graph/index.ts";
import { graphOf } from "../rules/support.ts";

function evaluated(expression: string): unknown {
  const [probe] = graphOf({ google_probe: { p: { value: `\${${expression}}` } } }).all("google_probe");
  const value = probe?.get("value");
  return isUnknown(value) ? `? ${value.why}` : value;
}

/** Results as Terraform 1.11 gives them. */
const results: readonly (readonly [string, unknown])[] = [
  ['cidrsubnet("10.0.0.0/8", 8, 2)', "10.2.0.0/16"],
  ['cidrsubnet("fd00::/48", 16, 1)', "fd00:0:0:1::/64"],
  ['cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)', ["10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"]],
  ['cidrhost("10.12.112.0/20", 16)', "10.12.112.16"],
  ['cidrhost("10.12.112.0/20", -1)', "10.12.127.255"],
  ['cidrnetmask("172.16.0.0/12")', "255.240.0.0"],
  ['cidrsubnet("10.0.0.0/30", 4, 2)', "? function cidrsubnet does not take these arguments"],
  ['format("%s-%03d %5.2f %q %t %%", "a", 7, 3.14159, "b", true)', 'a-007  3.14 "b" true %'],
  ['format("%v %v %[1]s", "a", [1, 2])', "a [1,2] a"],
  ['formatlist("%s.example.com", ["a", "b"])', ["a.example.com", "b.example.com"]],
  ['join(", ", ["a", "b"])', "a, b"],
  ['split(",", "a,b,")', ["a", "b", ""]],
  ['replace("1 + 2 + 3", "+", "-")', "1 - 2 - 3"],
  ['replace("hello world", "/w(.)r/", "$1_")', "hello ld"],
  ['replace("hello world", "/w(?P<v>.)r/", "$${v}_")', "hello o_ld"],
  ['regex("([0-9]+)-([a-z]+)", "12-ab")', ["12", "ab"]],
  ['regex("(?P<n>[0-9]+)", "x12")', { n: "12" }],
  ['regex("[0-9]+", "x12")', "12"],
  ['regexall("[a-z]", "a1b")', ["a", "b"]],
  ['substr("hello", 1, 3)', "ell"],
  ['substr("hello", -3, -1)', "llo"],
  ['trim("  a ", " ")', "a"],
  ['trimprefix("helloworld", "hello")', "world"],
  ['trimsuffix("helloworld", "world")', "hello"],
  ['trimspace(" a\\n")', "a"],
  ['title("hello world")', "Hello World"],
  ['indent(2, "a\\nb")', "a\n  b"],
  ['chomp("a\\n")', "a"],
  ['startswith("abc", "ab") && endswith("abc", "bc") && strcontains("abc", "b")', true],
  ["merge({ a = 1, b = 1 }, { b = 2 })", { a: 1, b: 2 }],
  ['lookup({ a = 1 }, "a", 5) + lookup({ a = 1 }, "b", 5)', 6],
  ['lookup({ a = 1 }, "b", null) == null', true],
  ['concat(["a"], ["b", "c"])', ["a", "b", "c"]],
  ['coalesce(null, "", "x")', "x"],
  ['coalescelist([], ["x"])', ["x"]],
  ['compact(["a", "", null, "b"])', ["a", "b"]],
  ['distinct(["a", "b", "a"])', ["a", "b"]],
  ['element(["a", "b"], 3)', "b"],
  ["flatten([[1, [2]], 3])", [1, 2, 3]],
  ["keys({ b = 1, a = 2 })", ["a", "b"]],
  ["values({ b = 1, a = 2 })", [2, 1]],
  ['length("äb") + length([1]) + length({ a = 1 })', 4],
  ['lower("Ab")', "ab"],
  ['toset(["b", "a", "b"])', ["a", "b"]],
  ['tonumber("5") + 1', 6],
  ["tostring(5)", "5"],
  ['tobool("true")', true],
  ['contains(["a"], "a")', true],
  ["range(3)", [0, 1, 2]],
  ["range(1, 8, 3)", [1, 4, 7]],
  ["reverse([1, 2])", [2, 1]],
  ['setunion(["a"], ["b", "a"])', ["a", "b"]],
  ['setintersection(["a", "b"], ["b"])', ["b"]],
  ['setsubtract(["a", "b"], ["b"])', ["a"]],
  [
    'setproduct(["a"], [1, 2])',
    [
      ["a", 1],
      ["a", 2],
    ],
  ],
  ['slice(["a", "b", "c"], 1, 2)', ["b"]],
  ['sort(["b", "a"])', ["a", "b"]],
  ["sum([1, 2, 3])", 6],
  ["min(3, 1, 2) + max(3, 1, 2)", 4],
  ["max([1, 5]...)", 5],
  ["abs(-1) + ceil(1.2) + floor(1.8) + pow(2, 3)", 12],
  ['parseint("ff", 16)', 255],
  ['zipmap(["a", "b"], [1, 2])', { a: 1, b: 2 }],
  ['jsonencode({ b = "<x>", a = [1, true, null] })', '{"a":[1,true,null],"b":"\\u003cx\\u003e"}'],
  ['jsondecode("{\\"a\\": [1]}").a[0]', 1],
  ['base64decode(base64encode("hé"))', "hé"],
  ['md5("a")', "0cc175b9c0f1b6a831c399e269772661"],
  ['sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"],
  ['basename("/a/b.txt")', "b.txt"],
  ['dirname("/a/b.txt")', "/a"],
  ['one(["a"])', "a"],
  ["one([]) == null", true],
  ["alltrue([true, false]) || anytrue([false, true])", true],
  ['sensitive("a")', "a"],
  ['chunklist(["a", "b", "c"], 2)', [["a", "b"], ["c"]]],
  ['transpose({ a = ["x"], b = ["x", "y"] })', { x: ["a", "b"], y: ["b"] }],
  ['urlencode("a b&c")', "a+b%26c"],
  ['index(["a", "b"], "b")', 1],
  [
    'regex("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")',
    "? function regex does not take these arguments",
  ],
  ['file("/etc/hostname")', "? the file /etc/hostname is not read"],
  ["range(1000000)", "? function range does not take these arguments"],
];

describe("functions", () => {
  test.each(results)("%s", (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});
