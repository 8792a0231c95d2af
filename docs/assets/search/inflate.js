// @ts-check
// Inflating (RFC 1951) for browsers without DecompressionStream.
(function (baogao) {
  "use strict";

  const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  /**
   * A code: how many words have each length, and the symbols in the order of their words.
   * @param {ArrayLike<number>} lengths
   */
  function makeCode(lengths) {
    const counts = new Uint16Array(16);
    for (let i = 0; i < lengths.length; i += 1) { counts[lengths[i]] += 1; }
    counts[0] = 0;
    const offsets = new Uint16Array(16);
    for (let i = 1; i < 16; i += 1) { offsets[i] = offsets[i - 1] + counts[i - 1]; }
    const symbols = new Uint16Array(lengths.length);
    for (let i = 0; i < lengths.length; i += 1) {
      if (lengths[i]) { symbols[offsets[lengths[i]]] = i; offsets[lengths[i]] += 1; }
    }
    return { counts, symbols };
  }

  const fixedLengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
  const FIXED = makeCode(fixedLengths);
  const FIXED_DISTANCES = makeCode(new Uint8Array(30).fill(5));

  /**
   * @param {Uint8Array} input a zlib stream @returns {Uint8Array}
   * @throws {Error} when it is damaged or cut short
   */
  function inflate(input) {
    let output = new Uint8Array(Math.max(input.length * 4, 1024));
    let size = 0;
    let at = 2;
    let bits = 0;
    let held = 0;

    /** @param {number} count */
    function take(count) {
      while (held < count) {
        if (at >= input.length) { throw new Error("truncated"); }
        bits |= input[at] << held;
        at += 1;
        held += 8;
      }
      const value = bits & ((1 << count) - 1);
      bits >>>= count;
      held -= count;
      return value;
    }

    /** @param {{counts: Uint16Array, symbols: Uint16Array}} code */
    function symbol(code) {
      let word = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length < 16; length += 1) {
        word |= take(1);
        const count = code.counts[length];
        if (word - count < first) { return code.symbols[index + word - first]; }
        index += count;
        first = (first + count) << 1;
        word <<= 1;
      }
      throw new Error("damaged");
    }

    /** @param {number} more */
    function room(more) {
      if (size + more <= output.length) { return; }
      const larger = new Uint8Array(Math.max(output.length * 2, size + more));
      larger.set(output);
      output = larger;
    }

    function stored() {
      bits = 0;
      held = 0;
      const length = input[at] | input[at + 1] << 8;
      at += 4;
      if (at + length > input.length) { throw new Error("truncated"); }
      room(length);
      output.set(input.subarray(at, at + length), size);
      size += length;
      at += length;
    }

    function dynamicCodes() {
      const literals = take(5) + 257;
      const distances = take(5) + 1;
      const count = take(4) + 4;
      const lengths = new Uint8Array(320);
      for (let i = 0; i < count; i += 1) { lengths[ORDER[i]] = take(3); }
      const code = makeCode(lengths.slice(0, 19));
      lengths.fill(0);
      for (let i = 0; i < literals + distances;) {
        const value = symbol(code);
        if (value < 16) { lengths[i] = value; i += 1; continue; }
        const repeated = value === 16 ? lengths[i - 1] : 0;
        const times = value === 16 ? 3 + take(2) : value === 17 ? 3 + take(3) : 11 + take(7);
        lengths.fill(repeated, i, i + times);
        i += times;
      }
      return [makeCode(lengths.slice(0, literals)), makeCode(lengths.slice(literals, literals + distances))];
    }

    /** @param {{counts: Uint16Array, symbols: Uint16Array}[]} codes */
    function compressed([literals, distances]) {
      for (;;) {
        const value = symbol(literals);
        if (value === 256) { return; }
        if (value < 256) {
          room(1);
          output[size] = value;
          size += 1;
          continue;
        }
        const length = LENGTH_BASE[value - 257] + take(LENGTH_BITS[value - 257]);
        const far = symbol(distances);
        const distance = DISTANCE_BASE[far] + take(DISTANCE_BITS[far]);
        if (distance > size) { throw new Error("damaged"); }
        room(length);
        for (let i = 0; i < length; i += 1) { output[size + i] = output[size + i - distance]; }
        size += length;
      }
    }

    for (let last = 0; !last;) {
      last = take(1);
      const kind = take(2);
      if (kind === 0) { stored(); } else if (kind === 1) { compressed([FIXED, FIXED_DISTANCES]); } else { compressed(dynamicCodes()); }
    }
    const result = output.subarray(0, size);
    at -= held >> 3;
    if (adler(result) !== (input[at] << 24 | input[at + 1] << 16 | input[at + 2] << 8 | input[at + 3])) { throw new Error("damaged"); }
    return result;
  }

  /** @param {Uint8Array} bytes */
  function adler(bytes) {
    let a = 1;
    let b = 0;
    for (let i = 0; i < bytes.length;) {
      const end = Math.min(i + 3800, bytes.length);
      for (; i < end; i += 1) { a += bytes[i]; b += a; }
      a %= 65521;
      b %= 65521;
    }
    return b << 16 | a;
  }

  baogao.inflate = inflate;
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
