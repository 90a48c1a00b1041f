"""Words for the keys of the tables, Chinese and English: the one place both page and rows use."""

from __future__ import annotations

FACILITY_WORDS = {
    "drinking_water": ("饮水", "Water"), "microwave": ("微波炉", "Microwave"),
    "fridge": ("冰箱", "Fridge"), "air_conditioning": ("空调", "Air conditioning"),
    "heating": ("取暖", "Heating"), "charging": ("手机充电", "Phone charging"),
    "ev_charging": ("电动车充电", "E-bike charging"), "battery_swap": ("换电", "Battery swap"),
    "rest": ("座位", "Seats"), "toilet": ("厕所", "Toilet"), "first_aid": ("急救箱", "First aid"),
    "umbrella": ("雨伞", "Umbrella"), "raincoat": ("雨衣", "Raincoat"),
    "drying": ("烘干衣物", "Dry clothes"), "books": ("图书", "Books"), "wifi": ("无线网", "Wi-Fi"),
    "tv": ("电视", "TV"), "pump": ("打气筒", "Pump"), "tools": ("工具", "Tools"),
    "shower": ("淋浴", "Shower"), "laundry": ("洗衣", "Laundry"),
    "nursing_room": ("母婴室", "Nursing room"), "aed": ("除颤仪", "AED"),
    "blood_pressure": ("量血压", "Blood pressure"), "health_check": ("体检", "Health check"),
    "parking": ("停车", "Parking"), "meals": ("用餐", "Meals"), "lodging": ("住宿", "Lodging"),
    "haircut": ("理发", "Haircut"), "legal_aid": ("法律援助", "Legal aid"),
    "counselling": ("心理咨询", "Counselling"), "job_service": ("就业服务", "Job service"),
    "training": ("培训", "Training"), "gym": ("健身", "Gym"), "vending": ("售货机", "Vending"),
    "printer": ("打印", "Printer"), "kitchen": ("厨房", "Kitchen"),
    "wash_basin": ("洗手池", "Wash basin"),
}  # fmt: skip

KIND_WORDS = {
    "station": ("驿站", "Station"), "rest_room": ("休息室", "Rest room"),
    "workers_home": ("职工之家", "Workers' home"),
    "service_center": ("服务中心", "Service centre"),
    "mobile_station": ("流动驿站", "Mobile station"), "union_branch": ("工会组织", "Union branch"),
}  # fmt: skip

ACCESS_WORDS = {
    "public": ("人人可进", "Open to all"), "outdoor_workers": ("骑手可进", "Riders welcome"),
    "members": ("限工会会员", "Members only"), "unknown": ("能否进入不详", "Entry not known"),
}  # fmt: skip

PRECISION_WORDS = {
    "exact": ("准确位置", "exact place"), "address": ("门牌", "address"),
    "poi": ("地点", "place"), "street": ("街道走向", "street"), "community": ("社区", "community"),
    "township": ("乡镇街道", "township"), "district": ("区县", "district"),
    "city": ("城市", "city"), "none": ("位置不详", "place not known"),
}  # fmt: skip
