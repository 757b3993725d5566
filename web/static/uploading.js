// Uploading by choosing, dragging or the camera: each file is sent as soon as it is there, with its progress.
const upload = document.getElementById("upload");
const list = document.querySelector(".sending");

function send(form, files) {
  for (const file of files) sendOne(form, file);
}

function sendOne(form, file) {
  const body = new FormData(form);
  body.delete("file");
  body.append("file", file, file.name);
  const [line, bar, words] = shown(file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
  request.upload.onprogress = (event) => event.lengthComputable && (bar.value = event.loaded / event.total);
  request.onload = () => {
    bar.remove();
    const away = request.getResponseHeader("HX-Redirect");
    if (away) location.assign(away);
    else if (request.status < 300) setTimeout(() => line.remove(), 1500);
    else words.innerHTML = request.responseText;
    words.textContent ||= "已收到";
    document.body.dispatchEvent(new Event("uploaded"));
  };
  request.onerror = () => {
    bar.remove();
    words.textContent = "没有传完，请检查网络后重新选择这个文件。";
  };
  request.send(body);
}

function shown(name) {
  const line = document.createElement("li");
  const label = document.createElement("span");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  label.textContent = name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${name}上传进度`);
  line.append(label, bar, words);
  list.append(line);
  return [line, bar, words];
}

document.addEventListener("change", (event) => {
  if (event.target.type !== "file" || !event.target.files.length) return;
  send(event.target.form, [...event.target.files]);
  event.target.value = "";
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  addEventListener(name, (event) => {
    event.preventDefault();
    upload.querySelector(".drop").classList.toggle("over", name === "dragenter" || name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) send(upload, [...event.dataTransfer.files]);
  });
}

// With script every file goes at once, and nothing needs to be pressed.
document.documentElement.classList.add("sends-at-once");
