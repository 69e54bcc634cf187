import { own } from "../json.ts";
import { withoutBraces } from "./body.ts";
import type { ModuleSource } from "./module-source.ts";

/**
 * What names a configuration of a provider that its module neither has nor is given: one sentence for each configuration.
 * https://developer.hashicorp.com/terraform/language/block/provider#alias
 */
export function missingAliases({ resources, providers, configurationAliases }: ModuleSource): string[] {
  const missing = new Map<string, string>();
  for (const { body, mode, type, name } of resources) {
    const written = own(body, "provider");
    const [, provider = "", alias] =
      typeof written === "string" ? (/^([\w-]+)\.([\w-]+)/.exec(withoutBraces(written)) ?? []) : [];
    if (alias === undefined || configurationAliases.has(`${provider}.${alias}`)) continue;
    const isThere = (providers.get(provider) ?? []).some((block) => own(block, "alias") === alias);
    const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
    if (!isThere && !missing.has(`${provider}.${alias}`)) missing.set(`${provider}.${alias}`, address);
  }
  return [...missing].map(
    ([key, address]) =>
      `${address} is managed by ${key}, and no provider block has that alias; rejected at plan: add a provider "${key.split(".")[0]}" with alias = "${key.split(".")[1]}".`,
  );
}
