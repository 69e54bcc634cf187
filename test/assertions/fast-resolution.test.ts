import { expect, test } from "@jest/globals";
import {
  App,
  DefaultTokenResolver,
  Fn,
  Lazy,
  StringConcat,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import fc from "fast-check";
import { withFastResolution } from "../../assertions/fast-resolution.ts";

const stack = new TerraformStack(new App({ stackTraces: false }), "stack");
const resolver = new DefaultTokenResolver(new StringConcat());
const reference = { resolve: () => `\${google_compute_network.net.id}` };
const list = Token.asList({ resolve: () => ["a", undefined, { inner: Token.asString(reference) }] });
const number = Token.asNumber({ resolve: () => 7 });

/** Everything that CDKTF tells from a plain value. */
const tokens: readonly unknown[] = [
  Token.asString(reference),
  `before ${Token.asString(reference)} after \${var.plain} }`,
  number,
  `port ${number}!`,
  Token.asNumberList({ resolve: () => [1, 2] }),
  list,
  [...list, "more"],
  Token.asMap({ resolve: () => ({ key: "value" }) }, "any"),
  Token.asStringMap(reference),
  Token.asNumberMap(reference),
  Token.STRING_MAP_TOKEN_VALUE,
  Token.NUMBER_MAP_TOKEN_VALUE,
  Token.asAny(reference),
  Lazy.anyValue({ produce: () => ({ nothing: undefined, deep: [Token.asString(reference)] }) }),
  Lazy.stringValue({ produce: () => undefined }),
  Fn.join(",", list),
  Fn.rawString("quoted ${}"),
  new Date(0),
  new Map([["key", "value"]]),
  Object.create(null),
  () => "a function",
  stack,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "${TfToken[TOKEN.unknown]}",
  "sha256:1e5 -2e+289 3e300",
  { resolve: "no function" },
  undefined,
];
const { any } = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...tokens),
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("${TfToken[TOKEN.0]}", Token.asString(reference), "resolve")),
      tie("any"),
      { maxKeys: 4 },
    ),
  ),
}));

/** What is made of it, or what is said against it. */
function outcome(value: unknown, preparing: boolean): unknown {
  try {
    return { made: Tokenization.resolve(value, { scope: stack, resolver, preparing }) };
  } catch (error) {
    return String(error);
  }
}

test("whatever values hold, CDKTF makes the same of them, and says the same against them", () => {
  fc.assert(
    fc.property(any, fc.boolean(), (value, preparing) => {
      expect(withFastResolution(Tokenization, () => outcome(value, preparing))).toStrictEqual(
        outcome(value, preparing),
      );
    }),
    { numRuns: 3000 },
  );
});

test("what refers to itself is reported with its path", () => {
  const circle: Record<string, unknown> = {};
  circle.again = circle;
  const message = withFastResolution(Tokenization, () => outcome({ top: circle }, false));
  expect(message).toContain("circular reference at '/top/again/again");
});

test("CDKTF is as it was afterwards, also after an error", () => {
  const { resolve } = Tokenization;
  expect(() =>
    withFastResolution(Tokenization, () => {
      expect(Tokenization.resolve).not.toBe(resolve);
      throw new Error("in between");
    }),
  ).toThrow("in between");
  expect(Tokenization.resolve).toBe(resolve);
});
