import { storageError } from "../google-api/error-form.ts";
import { Refusal } from "./cloud-run.ts";

/** Objects of Cloud Storage with generations. */
export class FakeStorage {
  readonly #objects = new Map<string, { text: string; generation: number }>();
  #last = 1000;

  text(name: string): string | undefined {
    return this.#objects.get(name)?.text;
  }

  get(name: string, query: URLSearchParams): object {
    const found = this.#objects.get(name);
    const wanted = query.get("generation");
    if (found === undefined || (wanted !== null && wanted !== String(found.generation)))
      throw refusal(404, "notFound", `No such object: ${name}`);
    return query.get("alt") === "media"
      ? (JSON.parse(found.text) as object)
      : { name, generation: String(found.generation) };
  }

  put(query: URLSearchParams, text: string): object {
    const name = query.get("name") ?? "";
    const match = query.get("ifGenerationMatch");
    const current = this.#objects.get(name)?.generation ?? 0;
    if (match !== null && match !== String(current))
      throw refusal(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    this.#last += 1;
    this.#objects.set(name, { text, generation: this.#last });
    return { name, generation: String(this.#last) };
  }
}

const refusal = (status: number, reason: string, message: string): Refusal =>
  new Refusal(status, reason, message, storageError(status, message, reason));
