/** A value as a discovery document describes it. */
export type ValueType =
  /** "string", "boolean", "any", "number", or its format: "int32", "int64", "google-datetime" ... */
  | string
  | { readonly ref: string }
  | { readonly enum: readonly string[] }
  | { readonly list: ValueType }
  | { readonly map: ValueType }
  /** An object whose field `@type` names its schema. */
  | { readonly any: true }
  | { readonly fields: Fields };

export type Fields = Readonly<Record<string, ValueType>>;

export interface ApiMethod {
  readonly http: string;
  /** "v2/{+name}", after the address of the API. */
  readonly path: string;
  /** Regular expressions of the parameters of the path, by name. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** Parameters of the query that all methods of the API share are left out. */
  readonly query?: Fields;
  readonly requiredQuery?: readonly string[];
  /** Name of the schema of the body. */
  readonly request?: string;
  readonly response?: string;
  /** "upload/storage/v1/b/{bucket}/o", where the body is the content itself. */
  readonly upload?: string;
  /** Whether `alt=media` returns the content itself. */
  readonly download?: true;
}

/** What one discovery document says of the methods that are called and of the schemas that these reach. */
export interface ApiDocument {
  /** "run.v2" */
  readonly api: string;
  /** "20261031" */
  readonly revision: string;
  /** "https://run.googleapis.com/" */
  readonly root: string;
  /** Parameters of the query of all methods. */
  readonly query: Fields;
  readonly methods: Readonly<Record<string, ApiMethod>>;
  readonly schemas: Readonly<Record<string, Fields>>;
}
