import { InputError } from "./input-error.ts";
import { isObject, type Json, listOf, objectOf, own } from "./json.ts";
import { marksOfPaths } from "./sensitive.ts";

/** Version of the file format that Terraform 0.12 and newer, and OpenTofu, write. */
const VERSION = 4;

/** A state as Terraform keeps it (terraform.tfstate), in plain or encrypted by OpenTofu. */
export function isStateFile(json: unknown): json is Json {
  return isObject(json) && (("serial" in json && "version" in json) || "encrypted_data" in json);
}

/** What to do with a state or a plan that OpenTofu has encrypted. */
export const ENCRYPTED =
  "encrypted by OpenTofu: decrypt it with `tofu show -json`, where the encryption of the project is set up (TF_ENCRYPTION)";

/**
 * The same state as `terraform show -json` gives it, all resources in the root module.
 *
 * @throws InputError where it is encrypted, or older than Terraform 0.12
 */
export function shownState(path: string, json: Json): Json {
  if ("encrypted_data" in json) throw new InputError(`${path} is ${ENCRYPTED}, and give what that prints.`);
  if (json.version !== VERSION)
    throw new InputError(
      `${path} is a state file of version ${String(json.version)}, and version ${VERSION} can be read; give the output of \`terraform show -json\` instead.`,
    );
  const resources = listOf(own(json, "resources")).flatMap((item) => {
    const resource = objectOf(item);
    return listOf(own(resource, "instances"))
      .map(objectOf)
      .filter((instance) => !("deposed" in instance))
      .map((instance) => shownInstance(resource, instance));
  });
  return {
    format_version: "1.0",
    values: { root_module: { resources }, outputs: objectOf(own(json, "outputs")) },
  };
}

function shownInstance(resource: Json, instance: Json): Json {
  const { module, mode, type, name, provider } = resource;
  const key = own(instance, "index_key");
  const steps = [
    ...(typeof module === "string" && module !== "" ? [module] : []),
    ...(mode === "data" ? ["data"] : []),
    `${String(type)}.${String(name)}`,
  ];
  return {
    address: `${steps.join(".")}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
    mode,
    type,
    name,
    provider_name: /provider\["([^"]+)"\]/.exec(String(provider))?.[1],
    values: objectOf(own(instance, "attributes")),
    sensitive_values: marksOfPaths(own(instance, "sensitive_attributes")),
    depends_on: listOf(own(instance, "dependencies")),
  };
}
