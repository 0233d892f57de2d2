/** A string in an OData filter; a quote is doubled: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_URLSyntax */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
