/** A page as large as the one of our own server, which tells its size to the servers beside it. */
export const page = '<!doctype html>'.padEnd(Number(process.env.PAGE_BYTES), 'x')

export const contentType = 'text/html; charset=utf-8'
