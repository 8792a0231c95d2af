// @ts-check
// Bytes: base64, deflate streams, variable-length numbers. The other side is baogao.fulltext.codec.
(function (baogao) {
  "use strict";

  /** @param {string} text @returns {Uint8Array} */
  function fromBase64(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) { bytes[i] = binary.charCodeAt(i); }
    return bytes;
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
    if (typeof DecompressionStream === "undefined") { return baogao.inflate(bytes); }
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

  baogao.codec = { fromBase64, join, inflate, Bytestream, starts };
})(/** @type {any} */ (self).baogao = /** @type {any} */ (self).baogao || {});
