/** Whether a text is Python's `str()` of bytes: `b'…'`. */
export const isPythonBytes = (text: string): boolean => /^b(['"]).*\1$/s.test(text.trim());
