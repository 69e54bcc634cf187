import type { VersionRange } from "../resources/versions.ts";
import type { DroppedAttribute } from "./configuration/type-constraint.ts";
import type { Rejection } from "./rejection.ts";
import type { Resource } from "./resource.ts";

/** What one input gave: a root module, a stack, a plan, a state. Addresses are its own. */
export interface Input {
  readonly resources: readonly Resource[];
  /** True for a plan and a state: the provider has checked them, and filled in what was not written. */
  readonly isFromProvider?: true;
  /** What a plan deletes for good, with the values that it has still. */
  readonly removed?: readonly Resource[];
  /** What a person calls it: the folder, the file or the stack. */
  readonly name: string;
  /** What was not read: where there is something, nothing counts as missing. */
  readonly unread: readonly string[];
  /** Why it was not read to its end, one sentence each: an input that asks for too much, or in a form that is not understood. */
  readonly gaveUp?: readonly string[];
  /** What Terraform rejects of it as a whole. */
  readonly rejections?: readonly Rejection[];
  /** Addresses to which its expressions or `depends_on` refer although no module of it declares them. */
  readonly undeclared?: readonly string[];
  /** What the object types of its variables leave out of their values, by the address of the variable. */
  readonly dropped?: ReadonlyMap<string, readonly DroppedAttribute[]>;
  /** Texts that it marks as sensitive. */
  readonly sensitive?: ReadonlySet<string>;
  /** What was assumed in reading it. */
  readonly notes?: readonly string[];
  /** The versions that it allows of each provider, by its source ("hashicorp/google"), where it states any. */
  readonly providers?: ReadonlyMap<string, VersionRange>;
}
