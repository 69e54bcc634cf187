/** Who calls, as Google's audit logs show it (`protoPayload.requestMetadata.callerSuppliedUserAgent`). */
export const USER_AGENT = "single-source-platform";
