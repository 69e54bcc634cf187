import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { prepareFunctions } from "../../graph/expression/yaml.ts";
import { isUnknown, readGraph } from "../../graph/index.ts";
import { graphOf } from "../rules/support.ts";
import { folderOf } from "./support.ts";

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
  ['file("/etc/hostname")', "? the file /etc/hostname was not read"],
  [
    'yamldecode("a: [1, yes, 2001-01-01, 014, ~]\\nb: &x {c: d}\\ne: {<<: *x, f: g}")',
    { a: [1, true, "2001-01-01T00:00:00Z", 14, null], b: { c: "d" }, e: { c: "d", f: "g" } },
  ],
  ['yamlencode({ b = [1, "x"], a = true })', '"a": true\n"b":\n- 1\n- "x"\n'],
  ['yamldecode("a: [")', expect.stringMatching(/^\? function yamldecode was not evaluated: /)],
  [
    'csvdecode("a,b\\n1,\\"x, \\"\\"y\\"\\"\\"\\n\\n2,\\n")',
    [
      { a: "1", b: 'x, "y"' },
      { a: "2", b: "" },
    ],
  ],
  ['csvdecode("a,b\\n1")', "? function csvdecode does not take these arguments"],
  ['base64gunzip(base64gzip("hi"))', "hi"],
  ['textencodebase64("Hi", "UTF-16LE")', "SABpAA=="],
  ['textdecodebase64("SABpAA==", "UTF-16LE")', "Hi"],
  ['urldecode("a+b%20c")', "a b c"],
  ['uuidv5("dns", "www.terraform.io")', "a5008fae-b28c-5ba5-96cd-82b4c53552d6"],
  [
    'formatdate("EEEE, DD-MMM-YY hh:mm:ss ZZZ", "2018-01-02T23:12:01-08:00")',
    "Tuesday, 02-Jan-18 23:12:01 -0800",
  ],
  [`formatdate("h'h'mm'm' H AA", "2018-01-02T23:12:01Z")`, "23h12m 11 PM"],
  ['timeadd("2017-11-22T00:00:00Z", "-1.5h")', "2017-11-21T22:30:00Z"],
  ['timecmp("2017-11-22T00:00:00Z", "2017-11-22T01:00:00+01:00")', 0],
  ['templatestring("$${n}-%%{ if true }x%%{ endif }", { n = 3 })', "3-x"],
  ['cidrcontains("10.0.0.0/8", "10.1.0.0/16")', true],
  ['cidrcontains("10.0.0.0/8", "11.1.0.0")', false],
  ['provider::google::region_from_zone("us-central1-a")', "us-central1"],
  ['provider::google::name_from_id("projects/p/locations/l/connectors/c")', "c"],
  ['provider::google-beta::project_from_id("projects/p/locations/l/connectors/c")', "p"],
  ['provider::google::location_from_id("projects/p/locations/l/connectors/c")', "l"],
  [
    'provider::google::project_from_id("p")',
    "? function provider::google::project_from_id does not take these arguments",
  ],
  ["range(1000000)", "? function range does not take these arguments"],
];

beforeAll(() => prepareFunctions("yamldecode"));

describe("functions", () => {
  test.each(results)("%s", (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });
});

/** `terraform metadata functions -json`, and those that OpenTofu has in addition. */
const FUNCTIONS =
  "abs abspath alltrue anytrue base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename bcrypt can ceil chomp chunklist cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains csvdecode dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive join jsondecode jsonencode keys length log lookup lower matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix trimspace trimsuffix try upper urldecode urlencode uuid uuidv5 values yamldecode yamlencode zipmap".split(
    " ",
  );

test("every function of Terraform and OpenTofu is known", () => {
  const unknown = FUNCTIONS.filter((name) => / is not evaluated$/.test(String(evaluated(`${name}()`))));
  expect(unknown).toEqual([]);
});

describe("functions that read files, below the folder of the root module only", () => {
  test.each([
    ['fileset(".", "*.txt")', ["a.txt"]],
    ['fileset(path.module, "**/*.{yaml,yml}")', ["sub/b.yaml", "sub/deep/c.yml"]],
    ['fileset("sub", "?.y[a-b]ml")', ["b.yaml"]],
    ['fileset("..", "*")', "? the folder .. was not read"],
    ['fileset("out", "**")', "? the folder out was not read"],
    ['fileexists("a.txt")', true],
    ['fileexists("none")', false],
    ['fileexists("/etc/hostname")', "? whether /etc/hostname exists was not looked at"],
    ['fileexists("out/none")', "? whether out/none exists was not looked at"],
    ['filemd5("a.txt")', "5d41402abc4b2a76b9719d911017c592"],
    ['filebase64("a.txt")', "aGVsbG8="],
    ['filebase64sha256("a.txt")', "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="],
    ['filesha256("out/hostname")', "? the file out/hostname was not read"],
    ['yamldecode(file("sub/b.yaml")).size', 3],
    ['templatefile("t.tpl", { n = ["x"] })', '- "a": "x"\n\n'],
  ])("%s", async (expression, expected) => {
    const folder = folderOf({
      "main.tf": `resource "google_probe" "p" {\n  value = ${expression}\n}\n`,
      "a.txt": "hello",
      "sub/b.yaml": "size: 3\n",
      "sub/deep/c.yml": "",
      "t.tpl": "%{ for x in n ~}\n- ${yamlencode({ a = x })}\n%{ endfor ~}\n",
    });
    symlinkSync("/etc", join(folder, "out"));
    const value = (await readGraph([folder])).all()[0]?.get("value");
    expect(isUnknown(value) ? `? ${value.why}` : value).toEqual(expected);
  });
});
