/** CDKTF asks where each token is created, and naming the lines of sources takes longer than a whole synthesis. */
Error.captureStackTrace = () => {};
