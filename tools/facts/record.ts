import type { AttributeFacts } from "../../resources/facts/attribute.ts";

/** Facts while they are collected. */
export type WritableFacts = { -readonly [key in keyof AttributeFacts]: AttributeFacts[key] };

/** What one release knows of a type, by dotted path without indexes; "" is the type itself. */
export type TypeRecord = Map<string, WritableFacts>;
