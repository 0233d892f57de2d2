/**
 * The language tag for dates and times: the language of the page, with the region that the browser's languages say
 * (`navigator.languages`, best first). People who read English in Germany do not expect American dates.
 */
export function localeOf(language: string, browserLanguages: readonly string[]): string {
  const same = browserLanguages.find((tag) => tag.split('-')[0]?.toLowerCase() === language);
  if (same !== undefined && regionOf(same) !== undefined) return same;
  const region = browserLanguages.map(regionOf).find((found) => found !== undefined);
  return region === undefined ? language : `${language}-${region}`;
}

function regionOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).region;
  } catch {
    return undefined;
  }
}
