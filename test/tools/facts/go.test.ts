import { describe, expect, test } from "@jest/globals";
import { Evaluator } from "../../../tools/facts/go-evaluate.ts";
import { parseExpression } from "../../../tools/facts/go-expression.ts";
import { GoProgram, readGoFile } from "../../../tools/facts/go-package.ts";
import { typeRecord, Unreadable } from "../../../tools/facts/go-schema.ts";
import type { WritableFacts } from "../../../tools/facts/record.ts";

/** The facts of `ResourceThing()` in a package of these files, with a package `shared` beside it. */
function factsOf(text: string, shared = ""): { [path: string]: WritableFacts } {
  const program = new GoProgram();
  program.add("google/services/things", readGoFile(`${HEAD}${text}`));
  program.add("google/shared", readGoFile(`package shared\n\n${shared}`));
  const call = parseExpression("ResourceThing()", 0);
  const { value } = new Evaluator(program).tracked(call, "google/services/things");
  return Object.fromEntries(typeRecord(value));
}

const HEAD = `package things

import (
	"regexp"

	"github.com/hashicorp/terraform-provider-google/google/shared"
)

`;

function resource(attributes: string): string {
  return `func ResourceThing() *schema.Resource {
	return &schema.Resource{
		Create: resourceThingCreate,
		Schema: map[string]*schema.Schema{
${attributes}
		},
	}
}
`;
}

describe("a schema in Go", () => {
  test("attributes with their type, whether they are required, computed, immutable, and their default", () => {
    expect(
      factsOf(
        resource(`
			"name": {
				Type:     schema.TypeString,
				Required: true,
				ForceNew: true,
				Description: \`A name
}
over several lines, with a "quote" and a // slash.\`,
			},
			"size": { Type: schema.TypeInt, Optional: true, Default: 10 },
			"ready": { Type: schema.TypeBool, Computed: true },
			"tags": { Type: schema.TypeSet, Optional: true, Computed: true, Elem: &schema.Schema{Type: schema.TypeString} },
			"labels": { Type: schema.TypeMap, Optional: true, Elem: &schema.Schema{Type: schema.TypeString} },`),
      ),
    ).toEqual({
      "": {},
      name: { type: "string", required: true, immutable: true },
      size: { type: "number", optional: true, default: 10 },
      ready: { type: "bool", computed: true },
      tags: { type: "string", in: "set", optional: true, computed: true },
      labels: { type: "string", in: "map", optional: true },
    });
  });

  test("a list of resources is a block; what is only computed, or asked to be one, is an attribute of objects", () => {
    const nested =
      'Elem: &schema.Resource{Schema: map[string]*schema.Schema{"ip": {Type: schema.TypeString, Optional: true}}}';
    expect(
      factsOf(
        resource(`
			"config": { Type: schema.TypeList, Optional: true, MaxItems: 1, ${nested} },
			"status": { Type: schema.TypeList, Computed: true, ${nested} },
			"peers": { Type: schema.TypeList, Optional: true, Computed: true, ConfigMode: schema.SchemaConfigModeAttr, ${nested} },`),
      ),
    ).toMatchObject({
      config: { in: "list", nested: "block", max: 1 },
      "config.ip": { type: "string" },
      status: { in: "list", nested: "object" },
      peers: { in: "list", nested: "object" },
    });
  });

  test("validators of a known kind give words, bounds and forms; others give nothing", () => {
    expect(
      factsOf(
        resource(`
			"tier": { Type: schema.TypeString, Optional: true, ValidateFunc: validateEnum([]string{"BASIC", "STANDARD_HA", ""}) },
			"mode": { Type: schema.TypeString, Optional: true, ValidateFunc: validation.StringInSlice([]string{"a", "b"}, true) },
			"days": { Type: schema.TypeInt, Optional: true, ValidateFunc: validation.IntBetween(-1, 23) },
			"port": { Type: schema.TypeInt, Optional: true, ValidateFunc: validation.IntAtLeast(1) },
			"code": { Type: schema.TypeString, Optional: true, ValidateFunc: validation.All(
				validation.StringLenBetween(4, 30),
				validation.StringMatch(regexp.MustCompile("^[a-z]+$"), "letters"),
			) },
			"zones": { Type: schema.TypeSet, Optional: true, Elem: &schema.Schema{
				Type: schema.TypeString, ValidateFunc: verify.ValidateEnum([]string{"A", "B"}) } },
			"other": { Type: schema.TypeString, Optional: true, ValidateFunc: func(v interface{}, k string) (ws []string, errors []error) {
				return
			} },`),
      ),
    ).toMatchObject({
      tier: { enum: ["BASIC", "STANDARD_HA", ""] },
      mode: { enum: ["a", "b"], anyCase: true },
      days: { range: [-1, 23] },
      port: { range: [1, null] },
      code: { length: [4, 30], patterns: ["^[a-z]+$"] },
      zones: { enum: ["A", "B"] },
      other: { type: "string", optional: true },
    });
  });

  test("groups of attributes are paths without indexes, and count the attribute itself", () => {
    expect(
      factsOf(
        resource(`
			"source": { Type: schema.TypeString, Optional: true, ExactlyOneOf: []string{"content"} },
			"content": { Type: schema.TypeString, Optional: true, ConflictsWith: []string{"config.0.ip"}, RequiredWith: []string{"source"} },`),
      ),
    ).toMatchObject({
      source: { exactlyOne: ["content", "source"] },
      content: { conflicts: ["config.ip"], requires: ["source"] },
    });
  });

  test("follows functions, variables of other packages, merged maps, loops and changes after the fact", () => {
    const text = `
var keys = []string{"first", "second"}

func base() map[string]*schema.Schema {
	schemas := map[string]*schema.Schema{
		"name": {Type: schema.TypeString, Optional: true},
	}
	for _, key := range keys {
		schemas[key] = &schema.Schema{Type: schema.TypeBool, Optional: true}
	}
	schemas["name"].Required = true
	schemas["name"].Optional = false
	return schemas
}

func ResourceThing() *schema.Resource {
	return &schema.Resource{
		Schema: tpgresource.MergeSchemas(base(), shared.Common("extra")),
	}
}
`;
    const shared = `
const prefix = "no_"

func Common(name string) map[string]*schema.Schema {
	if name == "" {
		return nil
	}
	return map[string]*schema.Schema{
		prefix + name: {Type: schema.TypeFloat, Optional: true},
	}
}
`;
    expect(factsOf(text, shared)).toEqual({
      "": {},
      name: { type: "string", required: true },
      first: { type: "bool", optional: true },
      second: { type: "bool", optional: true },
      no_extra: { type: "number", fraction: true, optional: true },
    });
  });

  test("what is made in a way that is not followed is no fact", () => {
    const hidden = resource('"name": { Type: schema.TypeString, Required: isRequired("name") },');
    expect(() => factsOf(hidden)).toThrow(new Unreadable("Required of name is computed"));
    expect(() => factsOf("func ResourceThing() *schema.Resource {\n\treturn build()\n}\n")).toThrow(
      Unreadable,
    );
  });
});
