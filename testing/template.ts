import type { IConstruct } from "constructs";
import { synthesizedStacks } from "../assertions/synthesized-stacks.ts";
import { UserError } from "../platform/user-error.ts";
import { isRecord } from "../values/is-record.ts";
import { plural } from "../values/words.ts";
import { mismatchesOf } from "./match.ts";

/** A resource type by its name in Terraform, or by its provider class. */
export type ResourceType = string | { readonly tfResourceType: string };

type Properties = Readonly<Record<string, unknown>>;

/**
 * The synthesized JSON of one stack, as Terraform will read it, with what Aspects and overrides have made of it. Properties
 * have their names in Terraform (`max_instances`).
 *
 *     const template = Template.fromStack(stack);
 *     template.resourceCountIs(VpcAccessConnector, 1);
 *     template.hasResourceProperties("google_vpc_access_connector", { max_instances: 10 });
 */
export class Template {
  readonly #json: Properties;

  private constructor(json: unknown) {
    if (!isRecord(json)) throw new UserError("A template is an object: the JSON of one stack.");
    this.#json = withoutMetadata(json) as Properties;
  }

  /**
   * @param stack of an app of CDKTF or cdktn
   * @throws Error where it cannot be synthesized
   */
  static fromStack(stack: IConstruct): Template {
    const { documents, failures } = synthesizedStacks(stack);
    const [document, ...others] = documents;
    if (failures.length > 0) throw new UserError(failures.join("\n"));
    if (document === undefined || others.length > 0)
      throw new UserError(
        `${stack.node.path || "The app"} has ${plural(documents.length, "stack")}: give one of its stacks.`,
      );
    return new Template(document.json);
  }

  /** @param json for example `Testing.synth(stack)`, or the content of a cdk.tf.json */
  static fromString(json: string): Template {
    return new Template(JSON.parse(json));
  }

  toJSON(): Properties {
    return this.#json;
  }

  /** @throws Error where there are more or fewer */
  resourceCountIs(type: ResourceType, count: number): void {
    const found = Object.keys(this.findResources(type));
    if (found.length === count) return;
    const which = found.length === 0 ? "" : `: ${found.join(", ")}`;
    throw new Error(`The stack has ${found.length} of ${nameOf(type)}, and not ${count}${which}.`);
  }

  /**
   * One resource of the type, at least, has these properties.
   *
   * @param properties a pattern, see `Match`
   * @throws Error that says how the resources of the type differ from it
   */
  hasResourceProperties(type: ResourceType, properties: Properties): void {
    if (Object.keys(this.findResources(type, properties)).length > 0) return;
    const candidates = Object.entries(this.findResources(type));
    const differences = candidates.map(
      ([name, resource]) => `  ${nameOf(type)}.${name}: ${mismatchesOf(resource, properties, "").join("; ")}`,
    );
    throw new Error(
      candidates.length === 0
        ? `The stack has no ${nameOf(type)}.`
        : [`No ${nameOf(type)} has these properties:`, ...differences].join("\n"),
    );
  }

  /** The resources of the type that have these properties, by their names in Terraform. */
  findResources(type: ResourceType, properties: Properties = {}): Record<string, Properties> {
    return this.#find("resource", nameOf(type), properties);
  }

  /** The data sources of the type that have these properties, by their names in Terraform. */
  findDataSources(type: ResourceType, properties: Properties = {}): Record<string, Properties> {
    return this.#find("data", nameOf(type), properties);
  }

  /** The outputs that have these properties, by their names in Terraform. */
  findOutputs(properties: Properties = {}): Record<string, Properties> {
    return matching(this.#json.output, properties);
  }

  #find(kind: string, type: string, properties: Properties): Record<string, Properties> {
    const types = this.#json[kind];
    return matching(isRecord(types) ? types[type] : undefined, properties);
  }
}

function nameOf(type: ResourceType): string {
  return typeof type === "string" ? type : type.tfResourceType;
}

function matching(byName: unknown, properties: Properties): Record<string, Properties> {
  const entries = Object.entries(isRecord(byName) ? byName : {});
  return Object.fromEntries(
    entries.filter(([, value]) => mismatchesOf(value, properties, "").length === 0),
  ) as Record<string, Properties>;
}

/** CDKTF writes what it knows of a block under "//". */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutMetadata(inner)]));
}
