/** Gives each test of a file an empty `localStorage`, which Node.js does not have. Returns what is stored in it. */
export function useLocalStorage(): Map<string, string> {
  const stored = new Map<string, string>();
  beforeAll(() => {
    Object.assign(globalThis, {
      localStorage: {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => stored.set(key, value),
      },
    });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'localStorage');
  });
  beforeEach(() => stored.clear());
  return stored;
}
