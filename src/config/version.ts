/** Version of the app, as in package.json. */
export const version = '0.2.0';
