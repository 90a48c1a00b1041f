"""What the commands say to a person: Chinese by default, English with ``--lang en``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from geomap.model.labels import shipped_labels
from geomap.model.records import Finding, GeomapError, Skip
from geomap.text.visible import make_visible, shorten

#: Codes of skips and findings, in the staff's words. A test holds this list complete.
CODES_ZH = {
    "name-missing": "没有站名；写上站名，或删去这一行",
    "kind-unknown": "类型不认识；请从模板的下拉表里选",
    "status-unknown": "状态读不懂，当作“不详”，图上不会显示开放；请从模板的下拉表里选",
    "access-unknown": "“谁可以进”不认识；请从模板的下拉表里选",
    "coordinate-unreadable": "经纬度不是数字；写成 116.397428 这样",
    "coordinate-half": "经度、纬度只写了一个；补上另一个",
    "coordinate-impossible": "这个经纬度不在地球上；重新抄一次",
    "lonlat-swapped": "经度和纬度写反了；对调两格",
    "datum-unknown": "坐标来源不认识；写：手机、高德、腾讯、百度、天地图",
    "datum-suspect": "整张表的坐标来源可能写错了，照括号里的改（WGS-84 是手机、天地图，"
    "GCJ-02 是高德、腾讯，BD-09 是百度）",
    "place-missing": "没有坐标，也没有区县或地址，谁也找不到；补一样",
    "uncertainty-unreadable": "误差不是米数，按 700 米算；写成 30 这样的数字",
    "hours-unreadable": "开放时间没看懂，按“未知”显示；例：周一至周五 9:00-17:00",
    "hours-all-day": "写的是“全天”，按 24 小时算；只在白天开的，请写明几点到几点",
    "facility-unknown": "设施不认识，没有收录",
    "date-unreadable": "日期没看懂；写成 2026-11-20",
    "id-invalid": "编号只能用字母、数字、点、下划线、横线",
    "duplicate-id": "编号重复；每个站点要有自己的编号",
    "phone-personal": "像是个人手机号，不公开；请写单位的固定电话",
    "id-personal": "编号是个人的号码，没有采用，另给了一个；请换一个编号",
    "private-mobile": "有个人手机号，公开页已遮去；从表里删去，需要时写单位的固定电话",
    "private-identity": "有身份证号，公开页已遮去；从表里删去",
    "private-bank-card": "有银行卡号，公开页已遮去；从表里删去",
    "private-plate": "有车牌号，公开页已遮去；从表里删去",
    "private-account": "有微信、QQ 等个人账号，公开页已遮去；从表里删去（公众号可以写）",
    "private-mail": "有个人邮箱，公开页已遮去；删去，或换成单位邮箱",
    "private-name": "有人名，公开页已遮去；从表里删去，或只写职务",
    "sensitive-word": "有敏感词表（sensitive.txt）里的词，公开页不显示这一处；核对是否该写",
    "plan-unreadable": "plan.json 读不懂，计划没有列出；再运行一次 plan",
    "private-in-public": "公开的文件里还有个人号码，没有生成；用 check 找到，从表里删去，再 build",
    "closed-but-operating": "写了停用日期，状态却是在用；按已关闭处理",
    "date-future": "日期在将来；核对年份",
    "column-missing": "缺少这一列；补上列名",
    "heading-unknown": "这一列不认识，没有读",
    "coordinate-coarse": "经纬度的小数位太少，找不到门口；重新抄一次，至少五位小数",
    "days-backwards": "日期前后颠倒了；核对这两个日期",
    "hours-backwards": "结束的时间早于开始的时间；核对，例：9:00-17:00",
    "phone-digits": "电话的位数不对；写成 0571-88880000 这样，带区号",
    "verified-long-ago": "核实是很久以前的事了，图上已显示“待核实”；再去看一次，改核实日期",
    "township-far": "坐标离所写的街道、乡镇太远；核对坐标和街道",
    "township-unknown": "这个区县里没有这个街道、乡镇；核对写法，改过名的写现在的名称",
    "address-elsewhere": "地址里写的区县和区县一栏不一样；核对哪一个对",
    "address-repeated": "和另一行是同一个地址，可能是同一个站；核对后删去一行，或不用管",
    "name-repeated": "和另一行是同一个名字，可能是同一个站；核对后删去一行，或补上地址",
    "points-close": "和另一行的坐标几乎在一处，可能是同一个站，或坐标抄重了；核对",
    "district-unknown": "没有这个区县；核对省、市、区县的名称",
    "district-ambiguous": "全国不止一个同名区县；补上省或市",
    "outside-district": "坐标不在所写的区县里；核对坐标和坐标来源",
    "point-foreign": "坐标在国外；核对坐标",
    "point-sea": "坐标在海里；核对坐标",
    "point-border": "坐标正好在区县边界上，归入其中一个",
    "document-unread": "文件还没有读入；先运行 add 命令",
    "place-unknown": "谁也说不出它在哪儿；写上区县、地址或坐标",
    "photo-unknown": "没有这个编号的站点，照片没有用；文件名写成 编号.jpg、编号-2.jpg",
    "photo-format": "这种照片不读；另存为 .jpg、.png 或 .webp（苹果手机的 .heic 也要另存）",
    "photo-damaged": "照片坏了，或不是真的 .jpg、.png、.webp；重新另存一次",
    "photo-too-large": "照片的像素多得不正常，没有打开；缩小了再放",
    "photo-many": "一个站点最多放 6 张照片，多的没有用",
    "station-unknown": "services.csv 里的编号没有对应的站点",
    "count-unreadable": "数目不是整数；写成 48 这样的数字，不知道就空着",
    "number-unreadable": "不是数字；写成 30 这样的数字，不知道就空着",
    "code-unreadable": "不是六位的行政区划代码",
    "code-unknown": "没有这个行政区划代码；核对现在的代码",
    "cell-missing": "这一格不能空；补上，或删去这一行",
    "value-unknown": "这个词不认识；只能是括号里的几个词之一",
    "reader-personal-data": "含个人信息，没有发给第二读者",
    "reader-too-long": "文件太长，没有发送",
    "reader-unreachable": "第二读者连不上",
    "reader-timeout": "第二读者超时",
    "reader-too-large": "回答过大，未读",
    "reader-busy": "第二读者忙，稍后再运行",
    "reader-not-allowed": "密钥不被接受",
    "reader-rejected": "请求不被接受，核对地址和模型名",
    "reader-bad-answer": "回答不合格式",
    "reader-given-up": "第二读者多次不答，本次不再问",
    "reader-unproven": "回答中有原文没有的内容，已丢弃",
    "reader-cache-unwritable": "回答存不下，下次会再问",
    "broken-docx": "Word 文件坏了；重新另存一次",
    "broken-html": "网页文件坏了；打开后另存为文本再放进来",
    "name-unreadable": "文件名不是 UTF-8（可能是旧电脑上压缩的）；改个名字再放进来",
    "broken-pdf": "PDF 文件坏了；重新导出一次",
    "empty-document": "文件是空的",
    "encrypted": "文件加了密码；去掉密码再放进来",
    "no-text": "只有图片，没有文字；先做文字识别（OCR）",
    "not-text": "不是文字文件",
    "too-large": "文件太大；拆开再放进来",
    "too-slow": "这份文件太费时间，没有读；拆成几份再放进来",
    "reader-died": "读这份文件时程序中断，没有读；另存为文本再放进来",
    "one-line": "整个文件只有一行，太长；请导出成正常的文本",
    "picture-only": "PDF 只有图片，没有文字；先做文字识别（OCR）",
    "unknown-suffix": "这种文件不读；转成 .txt .md .html .docx 或 .pdf",
    "unreadable": "文件打不开",
    "wrong-kind": "内容和扩展名不符",
    "zip-bomb": "压缩内容大得不正常，没有打开",
    "townships-unfit": "乡镇边界要有 district_code、township、geometry 三列，坐标系 EPSG:4326",
    "geocoder-unknown": "没有这个地理编码服务；只能是括号里的一个",
    "geocoder-key-missing": "没有密钥，或密钥里有不该有的字符；设好这个环境变量",
    "geocoder-url-unusable": "地址不能用；写成 https://nominatim.example.org 这样",
    "geocoder-no-store": "地图会留存它的回答；先读它的服务条款，允许留存，就在 map.toml 的 "
    "[geocode] 写上 provider 和 may_store = true",
    "geocoder-down": "地理编码服务没有回答；稍后再运行，问过的不会再问",
    "geocoder-quota": "地理编码的额度用完了；明天再运行，问过的不会再问",
    "geocoder-refused": "地理编码的密钥不被接受；核对密钥和它的权限",
    "gazetteer-row": "地名表里这一行不能用",
    "gazetteer-outside": "地名表里这些地方不在中国的任何区县，没有采用",
    "gazetteer-shared-point": "地名表里多处共用一个坐标，没有采用",
    "envelope-unknown": "没有这个覆盖标准；有的是括号里这些",
    "point-row": "这一行的经纬度、坐标来源或权重不能用，没有采用",
    "points-missing": "文件里没有一个能用的点；要有 lon、lat 两列（另可有 id、datum、weight）",
    "not-a-line": "路网里这一条不是线，没有采用",
    "other-layer": "文件里的这一层没有采用",
    "map-format": "--map 只读 OpenStreetMap 的 .osm.pbf；别的道路文件用 --roads",
    "road-not-there": "没有这个道路文件；核对路径",
    "road-folder": "这是文件夹；写出里面道路文件的名字",
    "road-format": "这种文件不能当道路文件；另存为 .gpkg、.parquet 或 .osm.pbf",
    "road-content": "内容和扩展名不符；重新导出为 .gpkg 或 .parquet",
    "road-too-large": "对这种格式来说太大；另存为 .gpkg、.parquet 或 .osm.pbf",
    "road-extract-damaged": "不是完好的 OpenStreetMap 文件；重新下载，或重新裁切",
    "road-extract-packed": "压缩包里是 OpenStreetMap 文件；先解压，再写解压后的文件名",
    "road-archive": "压缩包里没有完好的 .shp；先解压，再写道路文件的名字",
    "road-graph-damaged": "GraphML 读不懂；用 OSMnx 的 save_graphml 重新存一次",
    "road-layer-damaged": "道路图层读不了；重新导出为 .gpkg 或 .parquet",
    "road-many-layers": "好几层都有线，看不出哪一层是道路；把道路单独存成一个文件",
    "road-crs-missing": "没有写坐标系；设好坐标系（WGS-84 是 EPSG:4326；.shp 旁边要有 .prj）再存",
    "road-crs-unknown": "坐标系不能用；转成 WGS-84（EPSG:4326）再存",
    "road-not-degrees": "坐标不是经纬度，和所写的坐标系不符；设成真正的坐标系，或转成 WGS-84 再存",
    "road-shifted": "说是 WGS-84，坐标却偏移过，全图会差 500 米；先转成 WGS-84",
    "road-shifted-beside": "和另一个道路文件对不上，像是偏移过的坐标；先转成 WGS-84",
    "road-empty": "图层是空的；连同线一起重新导出",
    "road-no-lines": "图层里没有线；换成道路的线图层",
    "road-no-street": "里面没有可以骑的道路；核对文件是否完整、是不是道路",
    "parquet-damaged": "这个 .parquet 文件读不了；重新导出一次",
    "coast-broken": "海岸线在这里断开或画反了，所以没有画海；核对地图文件，最好按方框裁",
    "on-a-stub": "旁边的路不通别处（图上断开），按附近通达的路算；核对道路文件",
    "not-on-network": "离路网太远，按圆估算",
    "setting-unusable": "map.toml 里的设置不能用",
    "setting-missing": "缺少这一项；补上",
    "setting-repeated": "两处用了同一个名字；各起一个",
    "setting-no-flag": "写 true 或 false，不加引号",
    "setting-no-choice": "只能是括号里的几个词之一",
    "setting-no-address": "写一个邮箱、一个能收短信的号码，或 https:// 开头的表单网址",
    "setting-no-id": "只能用英文字母、数字、下划线、横线，最多 64 个",
    "setting-no-line": "只能写一行，不能太长",
    "setting-no-envelopes": "要写成一节或几节 [[envelope]]，最多 12 节",
    "setting-out-of-range": "数值不在允许的范围里",
    "setting-empty": "空着；写上内容，或删去这一行",
    "file-unreadable": "文件读不了",
    "folder-missing": "没有这个文件夹；先建好，或核对 --geodata 后面写的名字",
    "folder-without-tables": "文件夹里没有台账 stations.csv，也没有 documents 文件夹；放进一样",
    "folder-shipped": "写上你自己的文件夹：--geodata 文件夹；程序自带的那份只读",
    "file-missing": "没有这个文件或文件夹；核对名字和位置",
    "file-is-folder": "这是文件夹，不是文件；换一个名字",
    "file-not-regular": "不是普通文件（管道、设备或坏了的链接）；换成文件",
    "file-locked": "打不开或写不进：可能正在 Excel、WPS 里开着，或没有权限；"
    "关掉它再运行；原来的没有动",
    "file-refused": "系统不让读写；核对位置和磁盘；原来的没有动",
    "disk-full": "磁盘满了；腾出空间再运行；原来的没有动",
    "disk-readonly": "这个位置只能读不能写；换一个文件夹；原来的没有动",
    "name-too-long": "名字太长；改短一些",
    "sheet-empty": "表是空的；至少要有一行列名（check --template 给一张现成的）",
    "headings-missing": "前 10 行里没有认得的列名；第一行写：名称、类型、区县、地址、经度、纬度 …",
    "heading-repeated": "两列是一个意思；留一列",
    "workbook-old": "旧版 .xls、WPS 的 .et 读不了，或者加了密码；"
    "在 Excel 或 WPS 里另存为 .xlsx 或 CSV UTF-8",
    "workbook-damaged": "表格文件坏了，或不是真的 .xlsx；打开后另存为 .xlsx",
    "sheet-too-large": "表太大；拆成几张，或删掉表格后面的空行、空列",
    "cell-outside": "离表格很远的地方有一格，没有读；删掉它（按 Ctrl+End 可以找到）",
    "cell-too-long": "这一格太长，没有读；可能少了一个引号",
    "csv-unreadable": "这张 CSV 读不了；在 Excel 或 WPS 里另存为 .xlsx 或 CSV UTF-8",
    "encoding-unknown": "不是 UTF-8 或国标（GB18030）的文字；另存为 CSV UTF-8 或 .xlsx",
    "sheet-form": "像是一个站一张的登记表；改成清单：一行列名，下面一行一个站",
    "datum-missing": "坐标没写来源，先按误差 700 米算；请写明：高德、百度、腾讯、天地图或手机",
    "datum-guessed": "坐标没写来源；和已知的地点比对，像是括号里的这一种（WGS-84 是手机、天地图，"
    "GCJ-02 是高德、腾讯，BD-09 是百度），先按它算；请在坐标来源里写明",
    "coordinate-kept": "这里的坐标没写来源，台账里已有坐标，没有改；写明来源再加一次",
    "paste-short-link": "这是短链接，里面没有坐标；在地图软件里复制坐标，或在图上点",
    "paste-no-point": "没有看到坐标；粘贴 120.1301,30.2801 这样的两个数，或在图上点",
    "paste-many-points": "里面不止一个坐标；只粘贴一个",
    "datum-needed": "坐标从哪个软件、哪台设备抄的？选一样；真不知道就选“不知道”",
    "station-changed": "打开这一页之后，别的窗口改过这个站；什么也没有写，你写的还在；"
    "看过现在的内容再保存",
    "station-gone": "没有这个站；可能刚被改了编号或名称，回到列表里找",
    "map-not-current": "台账、照片或设置在生成之后改过，或还没有生成；先点“生成地图”，看过再发布",
    "report-answered": "这一条已经有人答过了；回到列表里看",
    "port-busy": "这个端口别的程序在用；换一个 --port，或者不写",
    "closed-day-missing": "写上哪天关闭的",
    "mark-unclear": "看不出是有还是没有，没有当作设施；原样留在表里",
    "closing-mentioned": "这里说到撤销、暂停或搬迁，没有照办；核对是不是说这个站",
    "change-unmatched": "这一行说的变动没有照办：台账里没有对得上的站；核对站名和区县，或写上编号",
    "change-entered": "台账里没有对得上的站，已按表里说的记成新的一行；核对是不是换过名字",
    "change-ambiguous": "这一行说的变动没有照办：不止一个站对得上；写上区县、街道或编号",
    "change-doubted": "像是打算，或前后矛盾，没有照办；核对后在状态里写明",
    "change-incomplete": "说改了名称或时间，没写改成什么；补上新的名称或时间",
    "moved-where": "说搬了，没说搬到哪里；已改成“是否运行不详”，请补新地址",
    "reopen-doubted": "台账里已关闭或暂停，这张表却当作在用；没有改；真的恢复了，就写“恢复开放”",
    "maybe-same": "可能是同一个站；核对后删去一行，或不用管",
    "cells-merged": "有合并单元格；每一行都按合并的内容读了，最好取消合并、逐行写",
    "document-same-name": "documents 里已有同名而不同内容的文件；改一个名字再放",
    "lock-busy": "另一个窗口已经写了一刻钟还没完；先结束它，再运行",
    "output-exists": "已经有这个文件，而且不是这条命令上次写的原样；换一个名字，"
    "或加 --force（原来的另存为编号的 .bak）",
    "suffix-unfit": "输出文件的扩展名不对",
    "toml-shape": "缺少一节，或一节里写的不是该写的；对照随程序带的文件改",
    "toml-encoding": "不是 UTF-8 文字；在记事本里另存为，编码选 UTF-8",
    "word-unfit": "words.toml 里这个词用不了；照自带的改",
    "pattern-unfit": "words.toml 里有一条正则写错了；照自带的改",
    "toml-unreadable": '这一行不合 TOML 写法；文字要加引号，如 title = "朝阳区驿站地图"',
    "setting-unknown": "没有这个设置；核对拼写，或删去这一行",
    "setting-no-number": "要写数字，不加引号",
    "setting-no-text": "要写文字，加引号",
    "setting-no-table": "要写成一节，如 [publish]",
    "tiles-address": "[tiles] 的网址要以 http:// 或 https:// 开头；改对，或删去这个底图",
    "tiles-datum": "这个底图的坐标系画不了；只能写括号里的一种",
    "tiles-two-datums": "几个底图的坐标系不一样；只留一种",
    "tiles-key-missing": "底图的密钥没有写在环境变量里；设好这个环境变量，或删去这个底图",
    "label-unfit": "这个标签要写中文、英文两个词；对照随程序带的文件改",
    "detour-below-one": "绕行系数不能小于 1：路不会比直线短",
    "gazetteer-empty": "地名表里没有一个行政区；删去它，用随程序带的，或重新做",
    "districts-unfit": "区县边界用不了：要有名称和代码各列、WGS-84（EPSG:4326）坐标，"
    "代码是数字且不重复；改好再存",
    "road-not-named": "没有写路网文件；写上文件名",
    "profile-unknown": "没有这种出行方式；可用的在括号里",
    "second-reader-unfit": "第二读者的设置用不了；核对这几个环境变量，"
    "网址不带用户名，密钥要走 https，频率是大于 0 的数",
    "gate-demo": "演示 · 站点为虚构 · 不得公开：演示从不发布；自己的地图里不要写 demo",
    "gate-closed": "内部草图 · 未经审核 · 不得公开：还没有审图号；"
    "把审图号（review_number）或审核决定写进 map.toml 的 [publish]，再 build",
    "site-missing": "这里没有生成好的地图；先运行 build，或核对 --site",
    "undo-impossible": "没有上一版可退",
    "memory-short": "内存不够；关掉别的程序，或把名单、路网分小了再运行；原来的没有动",
    "edition-unknown": "没有留存这个编号的版本；留着的是",
    "out-no-folder": "不是普通文件夹（是链接或文件）；写真正的文件夹名，或换一个",
    "out-holds": "里面有不能动的东西，没有动；--out 或 --to 换一个单独的新文件夹",
    "out-foreign": "里面有别的文件，怕弄丢，没有动；先移走，"
    "或者 --out、--to 换一个空的或新的文件夹",
    "out-edited": "里面有生成之后被改过的文件，怕弄丢，没有动；先移走或删掉它们，再运行",
    "out-published": "生成的地图和发布的网站要各用一个文件夹；--out 或 --to 换一个",
    "mark-edited": "这个文件被人改过，不能用了；恢复原样，或在别的文件夹里重新 build",
    "site-changed": "public 里的内容和 build 写的不一样，没有发布；重新 build，多出来的文件删掉",
    "gate-not-shown": "页面上没有 build.json 里写的审图号，没有发布；重新 build",
    "publish-blocked": "网站目录里有别的文件占了地图要用的名字，没有动；先移走它们",
    "edition-damaged": "留存的这一版坏了或被改过；用 --undo 编号 退回别的版本",
}

_TEXT = {
    "zh": {
        "built": "地图已生成：{page}\n规划页：{planner}",
        "stations": "站点 {total}：已核实 {confirmed}，待核实 {unconfirmed}；"
        "在用 {operating}，计划 {planned}，已关闭 {closed}",
        "precision": "位置：{parts}",
        "districts": "区县 {count}；文件里的数目 {claims} 条，服务 {services} 条",
        "as-of": "{day} 那天的图：之后才启用的 {not_yet} 处不在图上；启用或停用日期不详的 "
        "{unknown} 处当作“不详”，只算进最高值",
        "roads": "按路网：{stations} 个站点；绕行系数 {factor}（由 {pairs} 对路口算得）",
        "one_file": "单文件 public/one-file.html：{kib} KiB",
        "one_file_without_streets": "单文件不带道路：带上会超过 {kib} KiB；其中的距离都是直线",
        "held_back": "公开页遮去或略去 {count} 处：{parts}（是哪一格，见下面的提醒）",
        "skips": "跳过 {count} 处：",
        "warnings": "提醒 {count} 处：",
        "more": "  …… 另有 {count} 处，见 site/build.json",
        "demo": "演示 · 站点为虚构 · 不得公开（publish 一律拒绝）",
        "draft": "内部草图 · 未经审核 · 不得公开（审图号写进 map.toml 后才能 publish）",
        "strict": "--strict：有跳过或提醒，没有发布；旧地图不变",
        "added": "读文件 {documents} 份：新站点 {new}，变动 {changed}，已知 {known}；"
        "数目 {claims} 条，服务 {services} 条",
        "extracted": "读文件 {documents} 份，{rows} 行："
        "新 {new}，开放时间有变 {hours}，已知 {known}",
        "kept": "原来的台账另存为 {file}",
        "kept_file": "原来的文件另存为 {file}",
        "reports": "读反映 {texts} 份：新 {new} 条，读不懂 {lost} 条；"
        "核实后在 reports.csv 的 confirmed_on 写日期，才会上图",
        "sheets": "读表 {sheets} 份：新增 {new} 行，更新 {changed} 行，未变 {known} 行",
        "first": "请先看这 {count} 处：",
        "unread": "没有读的表 {count} 份（别的照常）：",
        "edits": "改动 {count} 格（原来的值 → 新的值）：",
        "edit": "    {where}：{name}，{column}：{old} → {new}",
        "alike": "可能是同一个站 {count} 对，没有合并；在 same_place.csv 的 answer 一栏"
        "写“同”或“不同”，写一次就记住：",
        "alike_one": "{name} ~ {other}（{where}）：{why}",
        "worksheet": "{file}：各列",
        "worksheet_unread": "{file}：没有读，前 10 行里没有认得的列名",
        "fate_read": "    {letter} {heading}：读作 {meaning}",
        "fate_kept": "    {letter} {heading}：不认识，原样留作台账里自己的一列，图上不用",
        "fate_again": "    {letter} {heading}：和别的列一个意思，原样留作台账里自己的一列",
        "fate_number": "    {letter} {heading}：没有读（序号）",
        "fate_empty": "    {letter} {heading}：没有读（整列是空的）",
        "asides": "    不是站点的行，没有读：{rows}",
        "checked": "检查完成：{count} 处需要看",
        "clean": "检查完成：没有问题",
        "published": "已发布到 {folder}：第 {edition} 版，{files} 个文件，{kib} KiB；"
        "目录里别的文件 {foreign} 个，没有动",
        "previous_reachable": "注意：{folder} 是旧版程序留下的上一版，网上可能还打得开；不用就删掉",
        "undone": "已退回第 {edition} 版：{folder}",
        "geocoded": "定位 {count} 行：{parts}",
        "estimate": "{provider}：{rows} 行要问，最少 {least} 次、最多 {most} 次，"
        "约 {minutes} 分钟以内",
        "not_kept": "回答只用在这一次、不留存：map.toml 的 [geocode] 没有为 {provider} "
        "写 may_store = true",
        "asked": "问了 {total} 次：{parts}",
        "planned": "计划（{unit}）：总需求 {demand_total}，现已覆盖 {covered_before}，"
        "计划后 {objective}；任何方案不超过 {bound}（差距 {gap}）",
        "planned_action": "  {rank}. {reason}（{id}，{lon}, {lat}）",
        "plan_unpriced": "没有价格的办法 {count} 个，有预算时不考虑；在候选地点表里写上费用",
        "error": "错误：{message}",
        "stopped": "已停止；没有改动任何东西",
        "changes": "变动（{before} → {after}）：{told}",
        "no_changes": "没有",
        "template": "模板已写好：{file}",
        "marks": "检查结果|工作表|单元格|列名|要看什么",
        "marked": "标好的表：{file}（{count} 处，见第一张工作表和各格的批注）",
        "desk": "窗口已打开；没有自动打开，就把这个地址粘贴到浏览器：\n{address}\n"
        "用完关掉这个黑色窗口（或按 Ctrl-C）。",
    },
    "en": {
        "built": "map built: {page}\nplanners' page: {planner}",
        "stations": "{total} stations: {confirmed} confirmed, {unconfirmed} not; "
        "{operating} operating, {planned} planned, {closed} closed",
        "precision": "places: {parts}",
        "districts": "{count} districts; {claims} counts and promises, {services} services",
        "as-of": "the map of {day}: {not_yet} opened later and are left out; {unknown} whose day "
        "is not known count in the high shares alone",
        "roads": "by road: {stations} stations; detour factor {factor} "
        "({pairs} pairs of junctions)",
        "one_file": "one file, public/one-file.html: {kib} KiB",
        "one_file_without_streets": "the one file has no streets, they would make it more than "
        "{kib} KiB; its distances are straight lines",
        "held_back": "held back from public pages, {count}: {parts} "
        "(which cells: see the warnings)",
        "skips": "{count} skipped:",
        "warnings": "{count} warnings:",
        "more": "  … and {count} more, see site/build.json",
        "demo": "a demonstration of invented stations, never to be published",
        "draft": "internal draft, not reviewed, not to be published "
        "(publish needs the review number in map.toml)",
        "strict": "--strict: skips or warnings were met, nothing was published; the old map stands",
        "added": "{documents} documents read: {new} new, {changed} changed, "
        "{known} known stations; {claims} counts, {services} services",
        "extracted": "{documents} documents, {rows} rows: {new} new, {hours} changed hours, "
        "{known} known",
        "kept": "the ledger of before was kept as {file}",
        "kept_file": "the file of before was kept as {file}",
        "reports": "{texts} texts of riders: {new} new reports, {lost} unreadable; "
        "fill in confirmed_on in reports.csv once checked, then they show",
        "sheets": "{sheets} sheets read: {new} new, {changed} changed, {known} known rows",
        "first": "look at these {count} first:",
        "unread": "{count} sheets not read (the others are):",
        "edits": "{count} cells changed (before → after):",
        "edit": "    {where}: {name}, {column}: {old} → {new}",
        "alike": "{count} pairs may be one station; nothing was merged; write same or different "
        "into the column answer of same_place.csv, once and for all:",
        "alike_one": "{name} ~ {other} ({where}): {why}",
        "worksheet": "{file}: its columns",
        "worksheet_unread": "{file}: not read, no known heading in the first 10 rows",
        "fate_read": "    {letter} {heading}: read as {meaning}",
        "fate_kept": "    {letter} {heading}: unknown; kept as a column of its own, not on the map",
        "fate_again": "    {letter} {heading}: says what another does; kept as its own column",
        "fate_number": "    {letter} {heading}: not read (running number)",
        "fate_empty": "    {letter} {heading}: not read (the whole column is empty)",
        "asides": "    rows that are no stations, not read: {rows}",
        "checked": "checked: {count} findings",
        "clean": "checked: nothing to mend",
        "published": "published to {folder}: edition {edition}, {files} files, {kib} KiB; "
        "{foreign} other files there were left as they are",
        "previous_reachable": "note: {folder} is a copy that an earlier version left; the web may "
        "still reach it; delete it when it is not needed",
        "undone": "went back to edition {edition}: {folder}",
        "geocoded": "{count} rows placed: {parts}",
        "estimate": "{provider}: {rows} rows to ask about, {least} to {most} questions, "
        "at most about {minutes} min",
        "not_kept": "answers serve this run only and are not kept: [geocode] in map.toml has no "
        "may_store = true for {provider}",
        "asked": "{total} questions: {parts}",
        "planned": "plan ({unit}): demand {demand_total}, covered today {covered_before}, "
        "with the plan {objective}; no plan exceeds {bound} (gap {gap})",
        "planned_action": "  {rank}. {reason} ({id}, {lon}, {lat})",
        "plan_unpriced": "{count} options without a price were left out under the budget; give "
        "their cost in --candidates",
        "error": "error: {message}",
        "stopped": "stopped; nothing was changed",
        "changes": "changes ({before} → {after}): {told}",
        "no_changes": "none",
        "template": "template written: {file}",
        "marks": "Findings|worksheet|cell|column|what to look at",
        "marked": "marked sheet: {file} ({count} places; see its first worksheet and the notes)",
        "desk": "the desk is open; if no browser came up, paste this address into one:\n{address}\n"
        "when done, close this window (or press Ctrl-C).",
    },
}

#: What became of a question to a geocoder.
_OUTCOMES = {
    "found": {"zh": "找到", "en": "found"},
    "not-found": {"zh": "没有找到", "en": "not found"},
    "down": {"zh": "服务没有回答", "en": "service down"},
    "quota": {"zh": "额度用完", "en": "quota used up"},
    "refused": {"zh": "密钥被拒", "en": "key refused"},
}
#: An error without findings may have to name many files.
_ERROR_MOST = 2_000
#: What the filter of public pages holds back, in the staff's words.
HELD_ZH = {
    "mobile": "手机号", "identity": "身份证号", "bank-card": "银行卡号", "plate": "车牌号",
    "account": "个人账号", "mail": "个人邮箱", "name": "人名", "word": "敏感词",
}  # fmt: skip

#: Lines of skips or warnings that a report prints; build.json has them all.
_SHOWN = 20


def say(lang: str, key: str, **facts: object) -> str:
    """Return one sentence of the report; what its facts hold cannot act on a terminal."""
    shown = {
        name: fact if isinstance(fact, (int, float)) else make_visible(fact)
        for name, fact in facts.items()
    }
    return _TEXT[lang][key].format(**shown)


def say_asked(lang: str, counts: Mapping[str, int]) -> str:
    """Return how many questions had which outcome; all five, so that none hides in another."""
    parts = join_parts(
        lang, (f"{words[lang]} {counts.get(name, 0)}" for name, words in _OUTCOMES.items())
    )
    return say(lang, "asked", total=sum(counts.values()), parts=parts)


def say_list(lang: str, key: str, items: Iterable[Skip | Finding]) -> list[str]:
    """Return a counted list of skips or findings, by kind of fault first, then each by name."""
    listed = list(items)
    if not listed:
        return []
    tally = Counter(item.code for item in listed)
    lines = [say(lang, key, count=len(listed))]
    lines += [f"  {code} × {count}{_meaning(lang, code)}" for code, count in sorted(tally.items())]
    lines += [f"    {say_one(lang, item)}" for item in listed[:_SHOWN]]
    if len(listed) > _SHOWN:
        lines.append(say(lang, "more", count=len(listed) - _SHOWN))
    return lines


def say_error(lang: str, error: GeomapError) -> list[str]:
    """Return the lines that say what stopped a command: where, what, what to do."""
    if error.faults:
        return [line for fault in error.faults for line in say_error(lang, fault)]
    if error.findings:
        return [say(lang, "error", message=say_one(lang, fault)) for fault in error.findings]
    message = shorten(error, _ERROR_MOST)
    if lang == "zh" and error.code in CODES_ZH:
        detail = f"（{shorten(error.detail)}）" if error.detail else ""
        where = f"{shorten(error.where)}：" if error.where else ""
        message = f"{where}{CODES_ZH[error.code]}{detail}"
    return [say(lang, "error", message=message)]


def say_plainly(lang: str, error: GeomapError) -> str:
    """Return what is wrong and what to do, for a page that shows where by itself."""
    if error.findings:
        return "；".join(say_what(lang, each) for each in error.findings)
    return say_what(lang, Skip("", "", error.code, str(error)))


def _meaning(lang: str, code: str) -> str:
    return f"：{CODES_ZH[code]}" if lang == "zh" and code in CODES_ZH else ""


#: What a message quotes of what is written: ``'飞船' is unknown``.
_QUOTED = re.compile(r"""(['"])(.+?)\1(?=\s|,|;|$)""")


def say_one(lang: str, item: Skip | Finding) -> str:
    """Return one line: where, the code, what to do, the cell, all in the reader's language."""
    where = f"{item.file}:{item.row}:{item.column}" if isinstance(item, Finding) else item.where
    marks = "“”" if lang == "zh" else '""'
    column = item.column if isinstance(item, Finding) else item.as_finding().column
    named = item.heading or (call_column(lang, column) if lang == "zh" else "")
    is_told = bool(item.heading) or named != column
    heading = f"{marks[0]}{shorten(named)}{marks[1]}" if named and is_told else ""
    cell = " ".join(filter(None, (shorten(item.cell), heading)))
    told = say_what(lang, item) + (f" [{cell}]" if cell else "")
    return f"{shorten(where)}: {item.code}: {told}"


def call_column(lang: str, column: str) -> str:
    """Return what a column of the ledger is called in a report."""
    from geomap.sheets.template import HEADINGS  # waits for openpyxl, which --help does not need

    return HEADINGS.get(column, column) if lang == "zh" else column


def call_key(lang: str, column: str, word: str) -> str:
    """Return what a key of a column is called (operating: 运行); other words as they are."""
    labels = shipped_labels().get("facility" if column == "facilities" else column, {})
    keys = [each.strip() for each in word.split(";")]
    if not all(key in labels for key in keys):
        return word
    return ("、" if lang == "zh" else "; ").join(labels[key][lang != "zh"] for key in keys)


def join_parts(lang: str, parts: Iterable[str]) -> str:
    """Return parts of a sentence with the commas of its language."""
    return ("，" if lang == "zh" else ", ").join(parts)


def say_what(lang: str, item: Skip | Finding) -> str:
    """Return what is wrong and what to do, with what is written there."""
    message = item.message if isinstance(item, Finding) else item.reason
    if lang == "zh" and item.code in CODES_ZH:
        quoted = _QUOTED.match(message)
        detail = item.detail or (quoted.group(2) if quoted else "")
        message = CODES_ZH[item.code] + (f"（{detail}）" if detail else "")
    return shorten(message)
