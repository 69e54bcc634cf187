import { custom, form } from "../constraints/index.ts";
import type { ResourceType } from "../resource-type.ts";

/** Firestore: databases and composite indexes. */
export const firestore: readonly ResourceType[] = [
  {
    type: "google_firestore_database",
    label: "storage",
    deleteImpact: { destroyed: "the data in them are deleted", holdsData: true },
    fieldRules: [
      {
        id: "data/firestore-shape",
        why: "Firestore has locations of its own names, and indexes of several fields; the provider checks neither.",
        source: "https://docs.cloud.google.com/firestore/native/docs/locations",
        constraints: [
          form("location_id", /^([a-z]+(-[a-z]+)+\d+|nam\d|eur\d)$/, {
            form: "a region, or a multi-region of Firestore",
            examples: ["eur3", "nam5", "europe-west1"],
          }),
          form("name", /^(\(default\)|[a-z](?=[a-z0-9-]{3,62}$)[a-z0-9-]*[a-z0-9])$/, {
            form: "(default), or 4 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last",
            examples: ["(default)", "orders"],
            source: "https://docs.cloud.google.com/firestore/native/docs/manage-databases",
          }),
        ],
      },
    ],
  },
  {
    type: "google_firestore_index",
    label: "index",
    nameAttribute: null,
    fieldRules: [
      {
        id: "data/firestore-shape",
        source: "https://docs.cloud.google.com/firestore/native/docs/query-data/index-overview",
        constraints: [
          custom("fields: two or more, where one has order or array_config", function* (index) {
            const scope = index.string("api_scope");
            const fields = index
              .blocks("fields")
              .filter((field) => field.string("field_path") !== "__name__");
            const isComposite = fields.length !== 1 || index.entries("fields") === undefined;
            if (isComposite || (scope !== undefined && scope !== "ANY_API")) return;
            if (index.get("api_scope") !== undefined && scope === undefined) return;
            const [only] = fields;
            if (only?.get("order") === undefined && only?.get("array_config") === undefined) return;
            yield {
              found: `fields has ${fields[0]?.string("field_path") ?? "one field"} only`,
              because: "Firestore makes indexes of one field by itself",
              fix: "Remove it, or exempt the field with google_firestore_field.",
            };
          }),
        ],
      },
    ],
  },
];
