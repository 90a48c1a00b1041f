"""What map apps copy: the point and the datum, or a plain word about what is missing."""

import pytest

from geomap.arriving.pasted import Pasted, read_pasted
from geomap.model.records import InputError

AMAP = "gcj02"
COPIED = {
    "120.130100,30.280100": ("120.130100", "30.280100", ""),
    "30.28,120.13": ("120.13", "30.28", ""),
    "经度：120.1301 纬度：30.2801": ("120.1301", "30.2801", ""),
    "东经120°07′48″ 北纬30°16′48″": ("120.1300", "30.2800", ""),
    "高德坐标 120.1301，30.2801": ("120.1301", "30.2801", AMAP),
    "手机定位 30.2801 120.1301": ("120.1301", "30.2801", "wgs84"),
    "https://uri.amap.com/marker?position=120.1301,30.2801&name=文三路":
        ("120.1301", "30.2801", AMAP),
    "https://uri.amap.com/marker?position=120.1301%2C30.2801&coordinate=wgs84":
        ("120.1301", "30.2801", "wgs84"),
    "【高德地图】文三路驿站 https://wb.amap.com/?p=B023B17T1O,30.280100,120.130100,文三路驿站,文三路1号":
        ("120.130100", "30.280100", AMAP),
    "https://ditu.amap.com/regeo?lng=120.1301&lat=30.2801": ("120.1301", "30.2801", AMAP),
    "androidamap://viewMap?lat=30.2801&lon=120.1301&dev=0": ("120.1301", "30.2801", AMAP),
    "androidamap://viewMap?lat=30.2801&lon=120.1301&dev=1": ("120.1301", "30.2801", "wgs84"),
    "https://apis.map.qq.com/uri/v1/marker?marker=coord:30.2801,120.1301;title:驿站":
        ("120.1301", "30.2801", AMAP),
    "https://map.qq.com/?type=marker&pointx=120.1301&pointy=30.2801": ("120.1301", "30.2801", AMAP),
    "http://api.map.baidu.com/marker?location=30.2861,120.1367&title=驿站&output=html":
        ("120.1367", "30.2861", "bd09"),
    "http://api.map.baidu.com/marker?location=30.2801,120.1301&coord_type=gcj02":
        ("120.1301", "30.2801", AMAP),
    "baidumap://map/marker?location=30.2861,120.1367": ("120.1367", "30.2861", "bd09"),
    "https://www.openstreetmap.org/?mlat=30.28010&mlon=120.13010":
        ("120.13010", "30.28010", "wgs84"),
    "geo:30.2801,120.1301?q=驿站": ("120.1301", "30.2801", "wgs84"),
    "https://www.google.com/maps/place/x/data=!3d30.2801!4d120.1301": ("120.1301", "30.2801", ""),
    "https://maps.apple.com/?ll=30.2801,120.1301&q=驿站": ("120.1301", "30.2801", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", COPIED)
def test_what_an_app_copies_is_read(text: str) -> None:
    assert read_pasted(text) == Pasted(*COPIED[text])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("【高德地图】我分享了文三路驿站 https://surl.amap.com/2Yk3aXq8dKb", "paste-short-link"),
        ("https://j.map.baidu.com/a1/xyz", "paste-short-link"),
        ("https://map.baidu.com/@13373124.5,3515632.7,19z", "paste-no-point"),
        ("文三路 1 号，电话 0571-88888888", "paste-no-point"),
        ("2.50,3.70", "paste-no-point"),
        ("", "paste-no-point"),
        ("120.1301,30.2801 到 120.2301,30.2901", "paste-many-points"),
    ],
)
def test_what_holds_no_single_point_is_named(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_pasted(text)
    assert refused.value.code == code
