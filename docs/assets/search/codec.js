// @ts-check
// Bytes: packed text, deflate streams, numbers. The other side is baogao.fulltext.codec.
(function (baogao) {
  "use strict";

  const UNSAFE = [0, 10, 13, 34, 92];

  /** The bytes packed in a text, seven bits a character. @param {string} text @returns {Uint8Array} */
  function unpack(text) {
    const bytes = new Uint8Array(text.length * 2);
    let size = 0;
    let held = 0;
    let bits = 0;
    /** @param {number} seven */
    const put = (seven) => {
      held = (held << 7 | seven) & 0x7fff;
      bits += 7;
      if (bits > 7) {
        bits -= 8;
        bytes[size] = held >> bits;
        size += 1;
      }
    };
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code > 127 && code < 768) { put(UNSAFE[(code >> 7) - 1]); }
      put(code & 127);
    }
    return bytes.slice(0, size);
  }

  /** @param {Uint8Array} a @param {Uint8Array} b @returns {Uint8Array} */
  function join(a, b) {
    const both = new Uint8Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
  }

  /**
   * Inflates a zlib stream, by the browser where it can.
   * @param {Uint8Array} bytes @returns {Promise<Uint8Array>}
   */
  async function inflate(bytes) {
    if (baogao.inflate) { return baogao.inflate(bytes); }
    const stream = new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** Reads a payload from its beginning to its end. */
  class Bytestream {
    /** @param {Uint8Array} bytes */
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }

    /** @returns {number} */
    varint() {
      let value = 0;
      let scale = 1;
      for (;;) {
        const byte = this.bytes[this.at];
        if (byte === undefined) { throw new Error("truncated"); }
        this.at += 1;
        value += (byte & 127) * scale;
        if (byte < 128) { return value; }
        scale *= 128;
      }
    }

    /** @param {number} count @returns {Uint32Array} */
    varints(count) {
      const values = new Uint32Array(count);
      for (let i = 0; i < count; i += 1) { values[i] = this.varint(); }
      return values;
    }

    /** Numbers written as differences, the first counted from `before`. @param {number} count @param {number} before */
    ascending(count, before) {
      const values = this.varints(count);
      let value = before;
      for (let i = 0; i < count; i += 1) { value += values[i]; values[i] = value; }
      return values;
    }

    /**
     * Numbers that were written as Rice codes, see codec.py; `length` bytes of them.
     * @param {number} length
     * @returns {(k: number) => number} the next of them
     */
    rice(length) {
      const bytes = this.take(length);
      let at = 0;
      const bit = () => {
        if (at >= length * 8) { throw new Error("truncated"); }
        at += 1;
        return bytes[(at - 1) >> 3] >> (-at & 7) & 1;
      };
      return (k) => {
        let value = 0;
        while (!bit()) { value += 1; }
        for (let i = 0; i < k; i += 1) { value = value << 1 | bit(); }
        return value;
      };
    }

    /** @param {number} count @returns {Uint8Array} */
    take(count) {
      const part = this.bytes.subarray(this.at, this.at + count);
      if (part.length !== count) { throw new Error("truncated"); }
      this.at += count;
      return part;
    }
  }

  /** The running sum of `counts`, from 0; one entry more than counts. @param {Uint32Array} counts @returns {Uint32Array} */
  function starts(counts) {
    const sums = new Uint32Array(counts.length + 1);
    for (let i = 0; i < counts.length; i += 1) { sums[i + 1] = sums[i] + counts[i]; }
    return sums;
  }

  /** The `k` of the Rice codes for the gaps of `size` passages among all. @param {number} size @param {number} passages */
  function riceBits(size, passages) {
    let k = 0;
    while (size * 2 ** (k + 1) * 13 <= passages * 9) { k += 1; }
    return k;
  }

  baogao.codec = { unpack, join, inflate, Bytestream, starts, riceBits };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
