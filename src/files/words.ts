import type { SameShape } from '../i18n.ts'

// What may be sent instead stands in every sentence that says no.
const takenZh = '可以上传：PDF、图片（JPG、PNG、WebP、TIFF）、Word、Excel、PPT（docx、xlsx、pptx）、OFD、文本和 CSV。'
const takenEn =
  'Taken are PDF, pictures (JPG, PNG, WebP, TIFF), Word, Excel and PowerPoint (docx, xlsx, pptx), OFD, text and CSV.'

export const zh = {
  refused: {
    none: '还没有选文件。请选一份再上传。',
    empty: '文件是空的（0 字节）。请检查原文件后重新选择。',
    tooLarge: '没有上传：文件超过 {max} MB。请压缩、分成几份，或另存为较小的 PDF。',
    kind: `没有上传：不收 .{extension} 文件。${takenZh}`,
    mixed: `没有上传：文件的内容与扩展名不符，或者一份文件里藏着两种内容。请从原来的程序重新导出。${takenZh}`,
    damaged: '没有上传：文件打不开，可能没有传完或已损坏。请先在自己的电脑上打开看看，再重新上传。',
    encrypted: '没有上传：文件加了密码，同事打不开。请另存一份不带密码的。',
    bomb: '没有上传：文件解压后大得不正常。请从原来的程序另存一份。',
    macros: '没有上传：文件里有宏，宏可以带病毒。请另存为不带宏的 docx、xlsx、pptx，或 PDF。',
    programInside: '没有上传：文件里夹带了程序。请去掉以后再上传。',
    program: `没有上传：程序文件不收。${takenZh}`,
    old: '没有上传：旧格式（doc、xls、ppt、wps）可能藏有宏，不收。请另存为 docx、xlsx、pptx，或 PDF。',
    picture: '没有上传：这种图片格式不收。请转成 JPG 或 PNG（手机里可设为“兼容性最佳”）。',
    archive: `没有上传：压缩包不收，里面的内容无法逐份检查和预览。请解压后一份一份上传。${takenZh}`,
    markup: `没有上传：网页、SVG 和 XML 文件可以夹带脚本，不收。请打印成 PDF。${takenZh}`,
    pixels: '没有上传：图片超过 1.2 亿像素。请缩小，或另存为 PDF。',
    encoding: '没有上传：文本不是 UTF-8 或 GB18030 编码，或含有控制字符。请用记事本另存为 UTF-8。',
    infected: '没有上传：病毒扫描发现了问题。请不要再打开这份文件，并告诉系统管理员。',
  },
  trouble: {
    store: '没有办成：存放文件的地方暂时连不上，什么都没有改动。请过几分钟再试；仍不行时告诉系统管理员。',
    full: '没有上传：存放文件的磁盘满了，什么都没有改动。请告诉系统管理员腾出空间。',
    gone: '没有上传：文件刚好在清理，什么都没有改动。请再上传一次。',
    lost: '打不开：记录还在，但文件库里找不到这份文件的内容。请告诉系统管理员从备份里恢复。',
    scanner: '没有上传：病毒扫描没有应答，没有检查过的文件不收。请过几分钟再试；仍不行时告诉系统管理员。',
  },
}

export const en: SameShape<typeof zh> = {
  refused: {
    none: 'No file was chosen. Choose one, then upload it.',
    empty: 'The file is empty (0 bytes). Look at the original and choose again.',
    tooLarge: 'Not uploaded: the file is larger than {max} MB. Compress it, part it, or save it as a smaller PDF.',
    kind: `Not uploaded: .{extension} files are not taken. ${takenEn}`,
    mixed: `Not uploaded: the content is not what the file’s ending says, or there are two kinds in one. Export it anew from its program. ${takenEn}`,
    damaged: 'Not uploaded: the file cannot be read; it may be cut off or damaged. Open it on your machine first.',
    encrypted: 'Not uploaded: the file has a password, and colleagues could not open it. Save a copy without one.',
    bomb: 'Not uploaded: the file unpacks to far more than it should. Save it anew from its program.',
    macros:
      'Not uploaded: the file holds macros, which may carry a virus. Save it as docx, xlsx, pptx or PDF without them.',
    programInside: 'Not uploaded: a program is packed into the file. Take it out first.',
    program: `Not uploaded: programs are not taken. ${takenEn}`,
    old: 'Not uploaded: old formats (doc, xls, ppt, wps) may hide macros. Save it as docx, xlsx, pptx or PDF.',
    picture:
      'Not uploaded: pictures of this format are not taken. Turn it into JPG or PNG (on a telephone: “Most compatible”).',
    archive: `Not uploaded: what is in an archive cannot be checked and shown. Unpack it and upload one file after another. ${takenEn}`,
    markup: `Not uploaded: web pages, SVG and XML may carry scripts. Print it to PDF. ${takenEn}`,
    pixels: 'Not uploaded: the picture has more than 120 million pixels. Make it smaller, or save it as PDF.',
    encoding: 'Not uploaded: the text is neither UTF-8 nor GB18030, or holds control characters. Save it as UTF-8.',
    infected:
      'Not uploaded: the virus scanner found something. Do not open the file again, and tell the system administrator.',
  },
  trouble: {
    store:
      'Not done: the place where files are kept does not answer; nothing was changed. Try again in some minutes, and tell the system administrator if it goes on.',
    full: 'Not uploaded: the disk for files is full; nothing was changed. Tell the system administrator to free some space.',
    gone: 'Not uploaded: the file was being cleared away at that moment; nothing was changed. Upload it again.',
    lost: 'It cannot be opened: the record is there, but its content is not in the store. Ask the system administrator to bring it back from a backup.',
    scanner:
      'Not uploaded: the virus scanner does not answer, and what was not checked is not taken. Try again in some minutes, and tell the system administrator if it goes on.',
  },
}
