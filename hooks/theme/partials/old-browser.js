/* ES5 on purpose: this is what an old engine must be able to read. */
(function () {
  if (window.Element && Element.prototype.replaceChildren && window.CSS && CSS.supports("inset", "0")) { return; }
  var show = function () {
    var bar = document.createElement("p");
    bar.className = "bg-old-browser";
    bar.setAttribute("role", "alert");
    bar.appendChild(document.createTextNode("当前浏览器内核较旧，检索等功能不能用。请切换到“极速模式”，或改用较新的浏览器；按年度、按单位浏览仍然可用。"));
    document.body.insertBefore(bar, document.body.firstChild);
  };
  if (document.addEventListener) { document.addEventListener("DOMContentLoaded", show); } else { window.attachEvent("onload", show); }
})();
