import { useLayoutEffect, useState } from 'preact/hooks';

/** The address of each step, after the `#`, which no server sees. */
export type Address =
  | { readonly name: 'file' | 'columns' | 'check' | 'make' | 'batches' }
  | { readonly name: 'batch'; readonly id: string };

function parse(hash: string): Address {
  const [name, id = ''] = hash.replace(/^#\/?/, '').split('/');
  if (name === 'list' && /^[\w-]{36,43}$/.test(id)) return { name: 'batch', id };
  if (name === 'columns' || name === 'check' || name === 'make') return { name };
  return { name: name === 'lists' ? 'batches' : 'file' };
}

/** Returns the `href` of a link to the address. */
export const hrefOf = (address: Address | Address['name']): string => {
  const { name, id = '' } =
    typeof address === 'string' ? { name: address } : { id: '', ...address };
  if (name === 'batch') return `#/list/${id}`;
  return name === 'batches' ? '#/lists' : `#/${name === 'file' ? '' : name}`;
};

/** Goes to the address, with an entry in the browser's history. */
export const go = (address: Address | Address['name']): void => {
  location.hash = hrefOf(address);
};

/** Goes to the address instead of the current one, which leaves the browser's history. */
export const goInstead = (address: Address['name']): void => location.replace(hrefOf(address));

/** Returns the current address, and renders again when it changes. An unknown address is `file`. */
export function useAddress(): Address {
  const [address, setAddress] = useState(() => parse(location.hash));
  useLayoutEffect(() => {
    const follow = (): void => setAddress(parse(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return address;
}
