// What pages load instead of the client when the site was built without search.
(function () {
  "use strict";

  var forms = document.querySelectorAll(".bg-search");
  for (var i = 0; i < forms.length; i++) {
    var note = document.createElement("p");
    note.className = "bg-note";
    note.textContent = "这个网站生成时没有装检索要用的软件，不能检索；按年度、单位、文种浏览照常可用。";
    forms[i].replaceWith(note);
  }
})();
