import { z } from "zod";

/** The names of Google's errors, by their HTTP status (google.rpc.Code). */
const NAMES: Readonly<Record<number, readonly string[]>> = {
  400: ["INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"],
  401: ["UNAUTHENTICATED"],
  403: ["PERMISSION_DENIED"],
  404: ["NOT_FOUND"],
  409: ["ABORTED", "ALREADY_EXISTS"],
  429: ["RESOURCE_EXHAUSTED"],
  499: ["CANCELLED"],
  500: ["INTERNAL", "UNKNOWN", "DATA_LOSS"],
  501: ["UNIMPLEMENTED"],
  503: ["UNAVAILABLE"],
  504: ["DEADLINE_EXCEEDED"],
};

/** Google's form of errors: with a name, or, of Cloud Storage and Compute Engine, with the reasons. */
const form = z.strictObject({
  error: z.strictObject({
    code: z.int(),
    message: z.string().min(1),
    status: z.string().optional(),
    details: z.array(z.looseObject({ "@type": z.string() })).optional(),
    errors: z
      .array(
        z.strictObject({
          message: z.string(),
          domain: z.string(),
          reason: z.string(),
          location: z.string().optional(),
          locationType: z.string().optional(),
        }),
      )
      .optional(),
  }),
});

/** An error as Google gives it. @param message @default the name of the error */
export function googleError(status: number, message?: string, name = NAMES[status]?.[0]): object {
  return {
    error: {
      code: status,
      message: message ?? name ?? "error",
      ...(name === undefined ? {} : { status: name }),
    },
  };
}

/** An error as Cloud Storage gives it. */
export function storageError(status: number, message: string, reason: string): object {
  return { error: { code: status, message, errors: [{ message, domain: "global", reason }] } };
}

/** Where the body of a response other than 2xx is none that Google gives. */
export function checkError(status: number, body: unknown): string[] {
  const { data, error } = form.safeParse(body);
  if (data === undefined)
    return (error?.issues ?? []).map(({ path, message }) => `error ${path.join(".")}: ${message}`);
  const { code, status: name } = data.error;
  const names = NAMES[status];
  return [
    ...(code === status ? [] : [`error.code is ${code}, and the status ${status}`]),
    ...(name === undefined || names === undefined || names.includes(name)
      ? []
      : [`error.status is ${name}: of HTTP ${status} it is ${names.join(" or ")}`]),
  ];
}
